// What one keystroke in x costs, until what it changed has ceased to glow: medians of 25 edits. ./build.sh edit
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../e2e/playwright-driver.ts";
import { openSite } from "../e2e/site.ts";
import { measureEdits, median, openForEdits, SIZES } from "./edits.ts";

const EDITS = 25;
/** In milliseconds: the glow, and some. */
const GLOW = 500;

const browser = await launchChromium();
const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
console.log(`Per edit, in ms and how many. ${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}`);
const columns = ["x", "style", "layout", "paint", "together", "script", "recalculations", "elements", "layouts", "whole", "boxes"];
for (const row of [columns, columns.map(() => "---")]) console.log(`| ${row.join(" | ")} |`);
for (const [size, address] of Object.entries(SIZES)) {
  const page = await openForEdits(browser, site.url("http", address));
  const costs = await measureEdits(page, EDITS, () => page.waitForTimeout(GLOW));
  const { style, layout, paint, script, recalculations, elements, layouts, whole, boxes } = median(costs);
  const together = [...costs].map((cost) => cost.style + cost.layout + cost.paint).sort((a, b) => a - b)[EDITS >> 1] ?? 0;
  const times = [style, layout, paint, together, script].map((time) => time.toFixed(1));
  console.log(`| ${[size, ...times, recalculations, elements, layouts, whole, boxes].join(" | ")} |`);
  await page.close();
}
await browser.close();
await site.close();
