// Measures in Chromium how high frames are, and writes it wherever it is written. ./build.sh heights
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { launchChromium } from "../e2e/playwright-driver.ts";
import { openSite } from "../e2e/site.ts";
import { FILES, fileOf, framesIn, tableIn, type Written } from "./files.ts";

const browser = await launchChromium();
const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));

async function measure(page: Page, { address, width }: Written): Promise<number> {
  await page.setViewportSize({ width, height: 600 });
  await page.goto(site.url("http", address));
  await page.locator("[data-settled]").waitFor();
  return page.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
}

const page = await browser.newPage();
for (const file of FILES) {
  let text = readFileSync(fileOf(file), "utf8");
  // From the last to the first, so that the places of those before it stay.
  for (const written of [...framesIn(file), ...tableIn(file)].sort((a, b) => b.from - a.from)) {
    text = text.slice(0, written.from) + (await measure(page, written)) + text.slice(written.to);
  }
  writeFileSync(fileOf(file), text);
}
await browser.close();
await site.close();
