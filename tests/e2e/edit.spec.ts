// What an edit of x may touch, in what does not depend on the machine. ./build.sh edit has the times. Both need Chromium.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Browser, type Page, test } from "@playwright/test";
import { measureEdits, median, openForEdits, SIZES } from "../bench/edits.ts";
import { launchChromium } from "./playwright-driver.ts";
import { openSite, type Site } from "./site.ts";

/** Of one edit, until it is drawn; on a busy machine the glow ticks a few times until then. */
const LIMITS = { recalculations: 16, elements: 250, layouts: 8, whole: 1, boxes: 100 } as const;

let browser: Browser;
let site: Site;

test.beforeAll(async () => {
  browser = await launchChromium();
  site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
});

test.afterAll(async () => {
  await browser.close();
  await site.close();
});

const drawn = (page: Page) =>
  page.evaluate("new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))");

for (const [size, address] of Object.entries(SIZES)) {
  test(`an edit of ${size} numbers restyles and lays out what is seen, once`, async () => {
    const page = await openForEdits(browser, site.url("http", address));
    const edit = median(await measureEdits(page, 7, () => drawn(page)));
    assert.ok(edit.layouts > 0 && edit.elements > 0); // the trace has the edits
    for (const [name, limit] of Object.entries(LIMITS)) {
      assert.ok(edit[name as keyof typeof LIMITS] <= limit, `${name}: ${JSON.stringify(edit)}`);
    }
    await page.close();
  });
}

test("what changed glows without work for the main thread: a few layers whose opacity fades", async () => {
  const page = await openForEdits(browser, site.url("http", SIZES["8 × 10"]));
  await page.keyboard.press("7");
  await drawn(page);
  const animated = await page.evaluate(() =>
    document
      .querySelector("cross-entropy-demo")
      ?.shadowRoot?.getAnimations()
      .map(({ effect }) => {
        const [{ offset, computedOffset, easing, composite, ...properties } = {}] =
          (effect as KeyframeEffect | null)?.getKeyframes() ?? [];
        return Object.keys(properties).join();
      }),
  );
  assert.ok(animated && animated.length > 0 && animated.length < 10, String(animated?.length));
  assert.deepEqual([...new Set(animated)], ["opacity"]);
  await page.close();
});
