import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
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

/** So many, the worst first. */
const samplesOf = (count: number): Partial<SampleFigures> => ({
  losses: Float32Array.from({ length: count }, (_, i) => count - i),
  order: Uint32Array.from({ length: count }, (_, i) => i),
  counted: count,
  predictions: new Int32Array(count),
  confidences: new Float32Array(count),
  labels: new Int32Array(count),
  correct: new Uint8Array(count),
});

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
    const place = await staged(samplesOf(count));
    const last = () => textsOf(place, ".samples-all .sample-row:last-child span:first-child")[0];
    expect(place.querySelectorAll(".sample-row").length).toBeLessThan(60);
    const scroll = place.querySelector(".samples-scroll") ?? expect.fail();
    scroll.scrollTop = scroll.scrollHeight;
    await expect.poll(last).toBe("65535");
    expect(place.querySelectorAll(".sample-row").length).toBeLessThan(60);
  });

  const actionsOf = (place: HTMLElement) => {
    const actions: BatchAction[] = [];
    place.addEventListener("celoss-batch-action", (event) => actions.push((event as CustomEvent<BatchAction>).detail));
    place.addEventListener("click", (event) => {
      if ((event.target as Element).matches("a")) event.preventDefault();
    });
    return () => actions.map((action) => action.type === "toLesson" && action.samples);
  };
  const focused = (place: HTMLElement) => (place.getRootNode() as ShadowRoot).activeElement?.getAttribute("aria-label");

  it("gives the worst to the lesson, or those that are chosen, by keys too", async () => {
    const place = await staged();
    const taken = actionsOf(place);
    const link = place.querySelector<HTMLElement>('a[href="#data"]') ?? expect.fail();
    link.click();
    expect(textsOf(place, ".samples-chosen p")).toEqual(["0 of 8 chosen"]);
    place.querySelector<HTMLElement>('.sample-choice input[tabindex="0"]')?.focus();
    expect(focused(place)).toBe("Choose sample 2");
    await userEvent.keyboard("{End}");
    await expect.poll(() => focused(place)).toBe("Choose sample 0");
    await userEvent.keyboard(" ");
    await userEvent.keyboard("{ArrowUp}");
    await expect.poll(() => focused(place)).toBe("Choose sample 1");
    await userEvent.keyboard(" ");
    await expect.poll(() => textsOf(place, ".samples-chosen p")).toEqual(["2 of 8 chosen: 0 and 1"]);
    link.click();
    await userEvent.click(page.getByRole("button", { name: "Choose none" }));
    await expect.poll(() => textsOf(place, ".samples-chosen p")).toEqual(["0 of 8 chosen"]);
    expect(focused(place)).toBe("Choose sample 1");
    expect(taken()).toEqual([
      [2, 1, 0],
      [0, 1],
    ]);
  });

  it("has room for eight, and keeps what is chosen where it is scrolled", async () => {
    const count = 1000;
    const place = await staged(samplesOf(count));
    const taken = actionsOf(place);
    const box = (sample: number) => page.getByRole("checkbox", { name: `Choose sample ${sample}`, exact: true });
    for (let sample = 0; sample < 8; ++sample) await userEvent.click(box(sample));
    (box(8).element() as HTMLElement).click();
    expect(textsOf(place, ".samples-chosen p")).toEqual(["8 of 8 chosen: 0, 1, 2, 3, 4, 5, 6 and 7"]);
    await expect.element(box(7)).toBeChecked();
    await expect.element(box(8)).not.toBeChecked();
    await expect.element(box(8)).toHaveAttribute("aria-disabled", "true");
    const scroll = place.querySelector(".samples-scroll") ?? expect.fail();
    scroll.scrollTop = scroll.scrollHeight;
    await expect.element(box(999)).not.toBeChecked();
    expect(place.querySelectorAll(".samples :checked")).toHaveLength(0);
    scroll.scrollTop = 0;
    await expect.poll(() => place.querySelectorAll(".samples :checked").length).toBe(8);
    place.querySelector<HTMLElement>('a[href="#data"]')?.click();
    expect(taken()).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
  });

  it("shows apart, and not to be chosen, what has no loss, and says why", async () => {
    const place = await staged({
      labels: Int32Array.of(0, 3, -100),
      losses: Float32Array.of(0.55, Number.NaN, 0),
      order: Uint32Array.of(0, 1, 2),
      counted: 1,
      correct: Uint8Array.of(1, 0, 0),
    });
    expect(textsOf(place, "[data-apart]").map((row) => row.split(/\s+/))).toEqual([
      ["1", "3", "1", "0.5600", "no", "class"],
      ["2", "-100", "2", "0.5500", "ignored"],
    ]);
    expect(place.querySelectorAll(".sample-choice, [data-wrong]")).toHaveLength(1);
    expect(place.innerText).toContain(
      "At the end, without a loss: 1 whose label is no class, for these go from 0 to 2 and 1 whose label is ignored.",
    );
  });

  it("shows how sure the right and the wrong predictions are, none of them beyond what a softmax in front allows", async () => {
    const place = await staged();
    const chart = place.querySelector("celoss-confidence-chart") ?? expect.fail();
    const places = (selector: string) =>
      [...chart.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    const [bar] = places("[data-kind=right]");
    const [hatch] = places("rect[fill]");
    expect(chart.querySelectorAll("[data-kind]")).toHaveLength(1);
    expect(bar?.right).toBeLessThanOrEqual((hatch?.left ?? 0) + 1);
    expect(chart.parentElement?.innerText).toContain(
      "right in 100 % of the samples, and are given a probability of 0.5600 on average. With a softmax in front, none can have more than 0.5761",
    );
  });

  it("says of a loss that is not 0 what it is", async () => {
    const place = await staged({ losses: Float32Array.of(0.55, 0.56, 2 ** -20) });
    expect(textsOf(place, ".sample-loss")[0]).toBe("9.5e-07");
  });
});
