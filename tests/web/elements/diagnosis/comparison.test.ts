import { describe, expect, it } from "vitest";
import type { BatchView } from "../../../../web/src/elements/diagnosis/batch-view.ts";
import type { CelossComparison } from "../../../../web/src/elements/diagnosis/comparison.ts";
import { partsOfStep } from "../../../../web/src/elements/diagnosis/parts.ts";
import type { Diagnosis } from "../../../../web/src/lab/diagnosis/types.ts";
import type { Comparing } from "../../../../web/src/state/diagnosis/events.ts";
import type { Comparison } from "../../../../web/src/state/diagnosis/messages.ts";
import { diagnosis } from "../../state/diagnosis/diagnosed.ts";
import { rendered, stageTemplate, textsOf, violations } from "../stage.ts";
import { batchAfter, batchStage, batchView, TEXT } from "./batch-stage.ts";

const means = {
  mean: 0.4,
  meanOfMeans: 0.5,
  divisor: 5,
  groups: 2,
  emptyGroups: 0,
  leastDivisor: 2,
  greatestDivisor: 3,
};
const comparison: Comparison = {
  changes: { changes: Float32Array.of(-0.25, 0, 0.5), order: Uint32Array.of(2, 1, 0), fell: 1, rose: 1 },
  otherLabels: 0,
  means,
};

/** Another verdict, and of the findings one that is new and one that stays. */
const fixed: Diagnosis = {
  ...diagnosis,
  loss: { value: 0.0096, plusMinus: 0, reduction: "mean", divisor: 2, accuracy: 0.5 },
  verdict: "healthy",
  findings: [
    ...diagnosis.findings.slice(1),
    { id: "at-chance", severity: "info", where: null, proof: { loss: 1 }, fixedLoss: null },
  ],
};

async function compared(comparison: Comparison | null, language: "en" | "zh" = "en", judged = true) {
  const view = batchView(batchAfter(TEXT), language);
  const { judgement } = view.batch;
  const batch = { ...view.batch, judgement: judged && judgement ? { ...judgement, diagnosis: fixed } : null };
  const other: BatchView = { ...view, batch, second: true };
  const { element } = await batchStage("celoss-comparison", view);
  Object.assign(element, { other, comparison, removed: false, slow: false });
  await rendered(element.parentElement as HTMLElement);
  const asked: Comparing[] = [];
  element.addEventListener("celoss-batch-compare", (event) => asked.push((event as CustomEvent<Comparing>).detail));
  return { element: element as CelossComparison, asked, view };
}

describe("the comparison", () => {
  it.each(["zh", "en"] as const)("axe has nothing to say, in %s", async (language) => {
    const { element } = await compared(comparison, language);
    for (const details of element.querySelectorAll("details")) details.open = true;
    expect(await violations()).toEqual([]);
  });

  it("says of both the verdict and the numbers, and what has changed", async () => {
    const { element } = await compared(comparison);
    expect(textsOf(element, ".side-verdict").map((text) => text.slice(0, 20))).toEqual([
      "These rows are softm",
      "These numbers are wh",
    ]);
    const rows = [...element.querySelectorAll<HTMLTableRowElement>(".side-numbers tbody tr")];
    expect(rows.map(({ cells }) => Array.from(cells, ({ innerText }) => innerText))).toEqual([
      ["loss", "0.5617 ± 0.0001", "0.0096"],
      ["accuracy", "100 %", "50 %"],
      ["the mean divides by", "3", "2"],
      ["logits", "(3, 3) float32", "(3, 3) float32"],
      ["labels", "(3,) int64", "(3,) int64"],
    ]);
    expect(rows.map((row) => row.hasAttribute("data-same"))).toEqual([false, false, false, true, true]);
    expect(textsOf(element, ".side-findings dt")).toEqual(["No longer found", "New", "Still there"]);
    expect(textsOf(element, ".side-findings dd")[0]).toBe("A softmax in front of the loss");
  });

  it("names the samples whose loss changed most, and both means", async () => {
    const { element } = await compared(comparison);
    const [sentence, ofMeans] = textsOf(element, ".side-sentence");
    expect(sentence).toContain("Of 3 samples, 1 have a smaller loss than before, and 1 a larger one.");
    expect(textsOf(element, ".side-samples caption")).toEqual(["Whose loss fell most", "Whose loss rose most"]);
    expect(textsOf(element, ".side-samples tbody tr").map((row) => row.split(/\s+/).join(" "))).toEqual([
      "0 0 0.5500 0.5500 −0.2500",
      "2 2 0.5700 0.5700 +0.5000",
    ]);
    expect(ofMeans).toContain("mean over all is 0.4000, the mean of the 2 groups' means 0.5000");
    expect(textsOf(element, ".proof")).toEqual(["All together are divided by 5, the groups by 2 to 3."]);
  });

  it("says where samples are not the same ones", async () => {
    const { element: sizes } = await compared({ changes: null, otherLabels: 0, means: null });
    expect(textsOf(sizes, ".side-sentence").join()).toContain("not compared one by one");
    const { element: labels } = await compared({ ...comparison, otherLabels: 2 });
    expect(textsOf(labels, ".side-sentence").join()).toContain("2 of the 3 labels are others");
    const same = { ...means, leastDivisor: 3, greatestDivisor: 3, divisor: 6 };
    const { element: equal } = await compared({ ...comparison, means: same });
    expect(textsOf(equal, ".side-sentence").at(-1)).toMatch(/divided by equally much, 3.*divides by 6: 0\.4000/s);
  });

  it("begins with a button, which the readonly page has not; is swapped, removed, and brought back", async () => {
    const { element, asked, view } = await compared(comparison);
    for (const button of element.querySelectorAll<HTMLElement>(".comparison > .buttons button")) button.click();
    const { element: begun } = await compared(null, "en", false);
    expect(textsOf(begun, ".comparison > .buttons button")).toEqual(["Remove the other batch"]);
    const shown = async (properties: object) => {
      Object.assign(element, { other: null, ...properties });
      await element.updateComplete;
      for (const button of element.querySelectorAll("button")) button.click();
    };
    await shown({});
    await shown({ removed: true });
    expect(asked).toEqual(["swap", "remove", "begin", "begin", "restore"]);
    await shown({ view: { ...view, page: { ...view.page, state: { ...view.page.state, readonly: true } } } });
    expect(asked).toHaveLength(5);
  });
});

describe("several files", () => {
  it("stand in a table with both means, and two of them can be put side by side", async () => {
    const view = batchView(batchAfter(TEXT));
    const part = { loss: 0.25, plusMinus: 0, divisor: 3 };
    const parts = {
      parts: [
        { ...part, name: "a.npz" },
        { ...part, name: "b.npz", divisor: 2 },
      ],
      means,
    };
    const place = await stageTemplate(partsOfStep({ ...view, batch: { ...view.batch, parts } }), view.page);
    expect(textsOf(place, "tbody tr").map((row) => row.split(/\s+/).join(" "))).toEqual([
      "a.npz 0.2500 3",
      "b.npz 0.2500 2",
    ]);
    expect(textsOf(place, ".side-sentence")[0]).toContain("the mean of the 2 groups' means 0.5000");
    const asked: unknown[] = [];
    place.addEventListener("celoss-batch-compare", (event) => asked.push((event as CustomEvent).detail));
    place.querySelector("button")?.click();
    expect(asked).toEqual(["split"]);
  });
});
