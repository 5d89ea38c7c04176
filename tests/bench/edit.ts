// What an edit costs. A keystroke in x, until what it changed has ceased to glow: medians of 25; and a number of x, or the
// handle of the first figure, dragged for two seconds, frame by frame. ./build.sh edit
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../e2e/playwright-driver.ts";
import { openSite } from "../e2e/site.ts";
import {
  type Cost,
  dragHandle,
  dragNumber,
  drawn,
  measure,
  median,
  openForEdits,
  SIZES,
  timeOf,
  typing,
} from "./edits.ts";

const EDITS = 25;
/** In milliseconds: the glow, and some. */
const GLOW = 500;
/** Two seconds of them, and how long one is at most, in milliseconds. */
const FRAMES = 120;
const FRAME = 1000 / 60;

const browser = await launchChromium();
const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
console.log(`Per edit, in ms and how many. ${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}`);
const counted = ["recalculations", "elements", "layouts", "whole", "boxes"] as const;
row("x", "style", "layout", "paint", "together", "script", ...counted, "frames too long");
row(...Array(12).fill("---"));

function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

function tell(name: string, costs: readonly Cost[], tooLong: string): void {
  const middle = median(costs);
  const drawing = costs.map(({ style, layout, paint }) => style + layout + paint).sort((a, b) => a - b);
  const { style, layout, paint, script } = middle;
  const times = [style, layout, paint, drawing[costs.length >> 1] ?? 0, script].map((time) => time.toFixed(1));
  row(name, ...times, ...counted.map((count) => middle[count]), tooLong);
}

for (const [size, address] of Object.entries(SIZES)) {
  const page = await openForEdits(browser, site.url("http", address));
  tell(size, await measure(page, typing(page), EDITS, () => page.waitForTimeout(GLOW)), "");
  await page.close();
}
const drags = [
  ...Object.entries(SIZES).map(([size, address]) => [`${size}, dragged`, address, dragNumber] as const),
  ["the handle, dragged", SIZES["3 × 3"], dragHandle] as const,
];
for (const [name, address, drag] of drags) {
  const page = await openForEdits(browser, site.url("http", address));
  const costs = await measure(page, await drag(page), FRAMES, () => drawn(page));
  const tooLong = costs.filter((cost) => timeOf(cost) > FRAME).length;
  tell(name, costs, `${tooLong} of ${FRAMES}`);
  await page.close();
}
await browser.close();
await site.close();
