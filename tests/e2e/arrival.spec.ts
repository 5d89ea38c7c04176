// What happens while the page arrives: nothing moves when the live page takes the place of the fallback. Only Chromium
// measures that.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Browser, expect, test } from "@playwright/test";
import { launchChromium } from "./playwright-driver.ts";
import { openSite, type Site } from "./site.ts";

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

/** The WebAssembly does not start before the test says so: by then the fallback, and that something loads, are read. */
function holdWasm(): void {
  const { instantiate } = WebAssembly;
  const released = new Promise((resolve) => Object.assign(globalThis, { release: resolve }));
  WebAssembly.instantiate = (async (...parameters: Parameters<typeof instantiate>) => {
    await released;
    return instantiate(...parameters);
  }) as typeof instantiate;
}

/** The sum of all layout shifts, and what has moved. */
async function layoutShifts(): Promise<[sum: number, moved: string]> {
  const entries = await new Promise<PerformanceEntryList>((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type: "layout-shift", buffered: true });
    setTimeout(resolve, 200, []);
  });
  const shifts = entries as unknown as { value: number; sources: { node: Node | null }[] }[];
  return [
    shifts.reduce((sum, { value }) => sum + value, 0),
    shifts.flatMap(({ sources }) => sources.map(({ node }) => String(node?.textContent).slice(0, 40))).join(", "),
  ];
}

for (const place of ["http", "site"] as const) {
  for (const width of [360, 1280, 1920]) {
    for (const slower of [1, 4]) {
      test(`${place}: nothing moves at ${width} pixels, ${slower} × slower`, async () => {
        const page = await browser.newPage({
          viewport: { width, height: 900 },
          locale: width === 1280 ? "zh-CN" : "en",
        });
        const protocol = await page.context().newCDPSession(page);
        await protocol.send("Emulation.setCPUThrottlingRate", { rate: slower });
        await page.addInitScript(holdWasm);
        await page.goto(site.url(place, ""), { waitUntil: "commit" });
        await expect(page.getByText("0.6243").locator("visible=true").first()).toBeVisible(); // in the fallback
        await expect(page.getByText(/calculator is loading|内核正在加载/)).toBeVisible();
        await page.evaluate("release()");
        await expect(page.getByRole("slider")).toBeVisible(); // in the live page
        const [sum, moved] = await page.evaluate(layoutShifts);
        assert.equal(sum, 0, moved);
        await page.close();
      });
    }
  }
}
