import { describe, expect, it } from "vitest";
import { render } from "../../../../web/node_modules/lit/index.js";
import { batchFigures } from "../../../../web/src/elements/diagnosis/batch-figures.ts";
import { loadLate } from "../../../../web/src/elements/late.ts";
import type { BatchAction } from "../../../../web/src/state/diagnosis/actions.ts";
import type { SampleFigures } from "../../../../web/src/state/diagnosis/messages.ts";
import { diagnosed } from "../../state/diagnosis/diagnosed.ts";
import { html, rendered, stageTemplate, textsOf, violations } from "../stage.ts";
import { batchAfter, batchView, TEXT } from "./batch-stage.ts";

async function staged(figures: Partial<SampleFigures> = {}, language: "en" | "zh" = "en") {
  const view = batchView(batchAfter(TEXT), language);
  const all = { ...view, figures: { ...(diagnosed.samples as SampleFigures), ...figures } };
  const place = await stageTemplate(html``, view.page);
  // As on the page: the styles are there before the rows, of which all would be in sight without them.
  await loadLate("batch", place);
  render(html`<h2>Your own batch</h2>${batchFigures(all)}`, place);
  await rendered(place);
  return place;
}

describe("the batch", () => {
  it.each(["zh", "en"] as const)("axe has nothing to say, in %s", async (language) => {
    await staged({}, language);
    expect(await violations()).toEqual([]);
  });

  it("lists its samples, the worst first", async () => {
    const place = await staged();
    expect(textsOf(place, ".samples-all .sample-row").map((row) => row.split(/\s+/))).toEqual([
      ["2", "2", "2", "0.5500", "0.5700"],
      ["1", "1", "1", "0.5600", "0.5600"],
      ["0", "0", "0", "0.5700", "0.5500"],
    ]);
  });

  it("has of 65,536 samples a few rows, and others once it is scrolled", async () => {
    const count = 65536;
    const place = await staged({
      losses: Float32Array.from({ length: count }, (_, i) => count - i),
      order: Uint32Array.from({ length: count }, (_, i) => i),
      predictions: new Int32Array(count),
      confidences: new Float32Array(count),
      labels: new Int32Array(count),
      correct: new Uint8Array(count),
    });
    const first = () => textsOf(place, ".samples-all .sample-row:first-child span:first-child")[0];
    expect(place.querySelectorAll(".sample-row").length).toBeLessThan(60);
    const scroll = place.querySelector(".samples-scroll") ?? expect.fail();
    scroll.scrollTop = scroll.scrollHeight;
    await expect.poll(first).toMatch(/^655\d\d$/);
    expect(place.querySelectorAll(".sample-row").length).toBeLessThan(60);
  });

  it("gives one sample, or the worst, to the lesson", async () => {
    const place = await staged();
    const actions: BatchAction[] = [];
    place.addEventListener("celoss-batch-action", (event) => actions.push((event as CustomEvent<BatchAction>).detail));
    place.addEventListener("click", (event) => event.preventDefault());
    for (const link of place.querySelectorAll<HTMLElement>('a[href="#data"]')) link.click();
    expect(actions.map((action) => action.type === "toLesson" && action.samples)).toEqual([[2], [1], [0], [2, 1, 0]]);
  });
});
