// What an edit of x may touch, in what does not depend on the machine. ./build.sh edit has the times. Both need Chromium.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Browser, expect, test } from "@playwright/test";
import {
  type Cost,
  dragHandle,
  dragNumber,
  drawn,
  measure,
  median,
  openForEdits,
  SIZES,
  typing,
} from "../bench/edits.ts";
import { launchChromium } from "./playwright-driver.ts";
import { openSite, type Site } from "./site.ts";

/**
 * Of one edit, until it is drawn; on a busy machine the glow ticks a few times until then. Layouts begin at boxes that keep
 * their size, but for one of Chromium's own: it looks for what it could fill in.
 */
const LIMITS = { recalculations: 16, elements: 250, layouts: 8, whole: 1, boxes: 100 };

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

for (const [size, address] of Object.entries(SIZES)) {
  test(`an edit of ${size} numbers restyles and lays out what is seen, once`, async () => {
    const page = await openForEdits(browser, site.url("http", address));
    const edit = median(await measure(page, typing(page), 7, () => drawn(page)));
    isWithin(LIMITS, edit);
    await page.close();
  });

  test(`a drag over ${size} numbers does so in every frame`, async () => {
    const page = await openForEdits(browser, site.url("http", address));
    isWithin(LIMITS, median(await measure(page, await dragNumber(page), 7, () => drawn(page))));
    await page.close();
  });
}

test("a number that is dragged fast follows from the first move on", async () => {
  const page = await openForEdits(browser, site.url("http", SIZES["3 × 3"]));
  const number = page.getByRole("textbox", { name: "x, sample 1, class 1" });
  const { x = 0, y = 0, width = 0, height = 0 } = (await number.boundingBox()) ?? {};
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (const steps of [10, 20]) {
    await page.mouse.move(x + width / 2 + 6 * steps, y + height / 2);
    await expect(number).toHaveValue((0.0568 + 0.01 * steps).toFixed(4));
  }
  await page.close();
});

test("dragging the handle of the first figure lays out its sentences and its numbers", async () => {
  const page = await openForEdits(browser, site.url("http", SIZES["3 × 3"]));
  const frame = median(await measure(page, await dragHandle(page), 7, () => drawn(page)));
  isWithin({ ...LIMITS, elements: 50, boxes: 80 }, frame);
  await page.close();
});

function isWithin(limits: typeof LIMITS, edit: Cost): void {
  assert.ok(edit.layouts > 0 && edit.elements > 0); // the trace has the edits
  for (const [name, limit] of Object.entries(limits)) {
    assert.ok(edit[name as keyof typeof limits] <= limit, `${name}: ${JSON.stringify(edit)}`);
  }
}

test("what changed glows without work for the main thread: a few layers whose opacity fades", async () => {
  const page = await openForEdits(browser, site.url("http", SIZES["8 × 10"]));
  const glow = page.evaluate(async () => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    while (root?.getAnimations().length === 0) await new Promise(requestAnimationFrame);
    return root?.getAnimations().map(({ effect }) => {
      const [{ offset, computedOffset, easing, composite, ...properties } = {}] =
        (effect as KeyframeEffect | null)?.getKeyframes() ?? [];
      return Object.keys(properties).join();
    });
  });
  await page.keyboard.press("7");
  const animated = await glow;
  assert.ok(animated && animated.length > 0 && animated.length < 10, String(animated?.length));
  assert.deepEqual([...new Set(animated)], ["opacity"]);
  await page.close();
});
