// What is there before the page is: the card that others show with a link to it; and nothing moves when the live page
// takes the place of the fallback. Both need Chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, expect, test } from "@playwright/test";
import { launchChromium } from "./playwright-driver.ts";
import { openSite, type Site } from "./site.ts";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

let browser: Browser;
let site: Site;

test.beforeAll(async () => {
  browser = await launchChromium();
  site = await openSite(dist);
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
        // A link in brackets waits for the grammar, behind the fallback.
        const link = slower === 1 ? "" : "#x=[[3,1,2],[2,3,1],[1,2,3]]";
        await page.goto(site.url(place, link), { waitUntil: "commit" });
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

test("nothing moves where the page comes piece by piece", async () => {
  const html = readFileSync(`${dist}/index.html`, "utf8");
  const article = html.indexOf('<article lang="en"');
  // In the middle of the opening figure: the bars of its first row are still to come.
  const middle = html.indexOf('<span class="bars">', article);
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.write(html.slice(0, middle));
    setTimeout(() => response.end(html.slice(middle)), 1000);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const page = await browser.newPage({ locale: "en" });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await expect(page.getByRole("slider")).toBeVisible();
  const [sum, moved] = await page.evaluate(layoutShifts);
  assert.equal(sum, 0, moved);
  await page.close();
  server.close();
});

/** How many pixels of an image have one of these colours, and how many another than the first pixel. */
async function countPixels([source, ...colours]: string[]): Promise<number[]> {
  const image = new Image();
  image.src = source ?? "";
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? []);
  const hex = (pixel: number) =>
    [0, 8, 16].map((bits) => ((pixel >> bits) & 255).toString(16).padStart(2, "0")).join("");
  return [
    image.width,
    image.height,
    pixels.filter((pixel) => pixel !== pixels[0]).length,
    ...colours.map((colour) => pixels.filter((pixel) => hex(pixel) === colour).length),
  ];
}

test("the card has its size, and on it are bars of three classes and the loss", async () => {
  const card = test.info().outputPath("card.png");
  execFileSync(process.execPath, [fileURLToPath(new URL("../../web/card/card.mjs", import.meta.url)), card]);
  const page = await browser.newPage();
  const source = `data:image/png;base64,${readFileSync(card, "base64")}`;
  const [width, height, inked = 0, ...coloured] = await page.evaluate(countPixels, [
    source,
    "0072b2",
    "d55e00",
    "00916a",
    "a3134f",
  ]);
  await page.close();
  assert.deepEqual([width, height], [1200, 630]);
  assert.ok(inked > 0.05 * 1200 * 630 && inked < 0.5 * 1200 * 630, `${inked} pixels are not paper`);
  assert.ok(coloured.length === 4 && coloured.every((pixels) => pixels > 1000), `${coloured}`);
});
