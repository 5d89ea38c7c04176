import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import type { CelossTensorTable } from "../../../../web/src/elements/figures/tensor-table.ts";
import { rendered, stage, textsOf, violations } from "../stage.ts";

const values = [0.3817, 0.3259, 0.2924, 0.3511, 0.2782, 0.3707, 0.3346, 0.3863, 0.2791];

const tableOf = (properties: Partial<CelossTensorTable> = {}) =>
  stage("celoss-tensor-table", {
    tensor: "softmax",
    name: "p = softmax(x)",
    cellName: (row: number, column: number) => `probability, sample ${row}, class ${column}`,
    values: Float32Array.from(values),
    shape: [3, 3],
    target: [0, 1, 1],
    bars: "magnitude",
    scale: values,
    ...properties,
  }) as Promise<CelossTensorTable>;

const tabStops = (table: Element) =>
  [...table.querySelectorAll<HTMLElement>('[tabindex="0"]')].map(({ dataset }) => dataset.cell);

const focused = (table: Element) =>
  ((table.getRootNode() as ShadowRoot).activeElement as HTMLElement | null)?.dataset.cell;

it("has a row for each sample, a column for each class, and the rings at the labels", async () => {
  const table = await tableOf();
  expect(textsOf(table, "tbody tr").map((row) => row.split(/\s+/))).toEqual([
    ["0", "0.3817", "0.3259", "0.2924"],
    ["1", "0.3511", "0.2782", "0.3707"],
    ["2", "0.3346", "0.3863", "0.2791"],
  ]);
  expect(textsOf(table, "[data-target]")).toEqual(["0.3817", "0.2782", "0.3863"]);
});

it("has one tab stop, which the arrow keys, Home and End move", async () => {
  const table = await tableOf();
  expect(tabStops(table)).toEqual(["softmax 0 0"]);
  table.querySelector<HTMLElement>("td[data-cell]")?.focus();
  for (const [keys, at] of [
    ["{ArrowRight}", "softmax 0 1"],
    ["{ArrowDown}", "softmax 1 1"],
    ["{End}", "softmax 1 2"],
    ["{ArrowRight}", "softmax 1 2"],
    ["{Control>}{Home}{/Control}", "softmax 0 0"],
    ["{ArrowUp}", "softmax 0 0"],
    ["{Control>}{End}{/Control}", "softmax 2 2"],
  ] as const) {
    await userEvent.keyboard(keys);
    await rendered(table.parentNode as ParentNode);
    expect(focused(table)).toBe(at);
    expect(tabStops(table)).toEqual([at]);
  }
});

it("lights what takes part in what is asked", async () => {
  const table = await tableOf({ lights: ["asked", null, "source"] });
  const lit = [...table.querySelectorAll<HTMLElement>("td[data-light]")].map(({ dataset }) => [
    dataset.cell,
    dataset.light,
  ]);
  expect(lit).toEqual([
    ["softmax 0 0", "asked"],
    ["softmax 0 2", "source"],
  ]);
});

it("is a column where there are no classes, with dashes while there are no numbers", async () => {
  const table = await tableOf({ shape: [2], values: [] });
  expect(table.querySelector("thead")).toBe(null);
  expect(textsOf(table, "td[data-cell]")).toEqual(["–", "–"]);
});

it("draws nothing again for the same numbers in new arrays, and one cell for another number", async () => {
  const table = await tableOf();
  const changed = new Set<Element | null>();
  const options = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      // The light behind the cells is the next frame's.
      if (!element?.closest(".glow")) changed.add(element?.closest("td") ?? null);
    }
  }).observe(table, options);
  Object.assign(table, { values: Float32Array.from(values), shape: [3, 3], target: [0, 1, 1], scale: [...values] });
  expect(table.isUpdatePending).toBe(false);
  table.values = Float32Array.from(values).fill(0.25, 4, 5);
  await rendered(table.parentNode as ParentNode);
  expect([...changed]).toEqual([table.querySelector('[data-cell="softmax 1 1"]')]);
});

it("axe has nothing to say", async () => {
  await tableOf();
  expect(await violations()).toEqual([]);
});

it("has a name for every number", async () => {
  const table = await tableOf();
  expect(table.querySelector("table")?.getAttribute("aria-label")).toBe("p = softmax(x)");
  expect(table.querySelector("td[data-cell]")?.getAttribute("aria-label")).toBe(
    "probability, sample 0, class 0: 0.3817",
  );
});
