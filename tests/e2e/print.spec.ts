// On paper: an article with its figures, and nothing that only a screen can do.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Page, test } from "@playwright/test";
import { launchChromium } from "./playwright-driver.ts";
import { openSite } from "./site.ts";

async function printing(address: string, look: (page: Page) => Promise<void>): Promise<void> {
  const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(site.url("http", address));
    await page.locator("#labels").waitFor();
    await look(page);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** How wide the charts of the live page draw themselves, once the last one has. */
async function chartWidths(page: Page): Promise<number[]> {
  const charts = page.locator(":is(celoss-loss-axis, celoss-log-curve) svg.chart");
  await charts.nth(4).waitFor();
  return charts.evaluateAll((drawn) => drawn.map((chart) => Number(chart.getAttribute("width"))));
}

for (const address of ["?lang=en&theme=light", "?lang=zh&theme=dark"]) {
  test(`is a clean article on white paper: ${address}`, () =>
    printing(address, async (page) => {
      await page.emulateMedia({ media: "print" });
      const visible = await page
        .locator(":is(button, input, a, summary, dialog, nav):visible")
        .evaluateAll((things) => things.map((thing) => thing.className || (thing as HTMLInputElement).type));
      // Numbers and labels, the names of operations, the links of the credit, and how sure the network is.
      const meant = ["scalar", "text", "label-input", "radio", "range", "operation", ""];
      assert.deepEqual(
        [...new Set(visible)].filter((thing) => !meant.includes(thing)),
        [],
      );
      assert.ok(visible.includes("scalar") && visible.includes("operation"));
      assert.equal(await page.locator("a:visible:not(.operation)").count(), 2);
      const colors = await page.locator("#question-name").evaluate((heading) => {
        const ink = getComputedStyle(heading).color;
        return [ink, getComputedStyle(heading).getPropertyValue("--paper").trim()];
      });
      assert.deepEqual(colors, ["rgb(27, 27, 24)", "#fff"]);
      // Of a choice there stays what was chosen.
      const choices = await page.locator(".choice label:visible").allInnerTexts();
      assert.ok(choices.includes("float32") && !choices.includes("float64"), String(choices));
    }));
}

test("fits its charts to the paper and back, on few pages", () =>
  printing("?lang=en", async (page) => {
    const before = await chartWidths(page);
    assert.ok(before.length === 5 && before.every((width) => width > 640), String(before));
    await page.evaluate(() => {
      addEventListener("beforeprint", async () => {
        // Before the browser goes on to print, and after the charts have drawn.
        for (let i = 0; i < 10; i++) await null;
        const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
        const charts = [...(root?.querySelectorAll("svg.chart") ?? [])];
        Object.assign(globalThis, { onPaper: charts.map((chart) => Number(chart.getAttribute("width"))) });
      });
    });
    const pdf = await page.pdf({ format: "A4", margin: { top: "15mm", right: "15mm", bottom: "15mm", left: "15mm" } });
    const pages = pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(pages >= 5 && pages <= 8, `${pages} pages`);
    assert.deepEqual(
      await page.evaluate(() => (globalThis as unknown as { onPaper: number[] }).onPaper),
      before.map(() => 640),
    );
    await page.waitForFunction(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      return [...(root?.querySelectorAll("svg.chart") ?? [])].every((chart) => chart.getAttribute("width") !== "640");
    });
    assert.deepEqual(await chartWidths(page), before);
  }));
