import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cell } from "../../../../web/src/state/lesson/cell.ts";
import { rendered, stage, textsOf, viewOf } from "../stage.ts";

/** The matrix that comes out of softmax, as its step draws it. */
async function probabilities(view = viewOf()): Promise<Element> {
  const step = await stage("celoss-softmax", { view });
  return [...step.querySelectorAll("celoss-tensor-table")].at(-1) as Element;
}

const tabStops = (table: Element) =>
  [...table.querySelectorAll<HTMLElement>('[tabindex="0"]')].map(({ dataset }) => dataset.cell);

const focused = (table: Element) =>
  ((table.getRootNode() as ShadowRoot).activeElement as HTMLElement | null)?.dataset.cell;

it("has a row for each sample, a column for each class, and the rings at the labels", async () => {
  const table = await probabilities();
  expect(textsOf(table, "tbody tr").map((row) => row.split(/\s+/))).toEqual([
    ["0", "0.3817", "0.3259", "0.2924"],
    ["1", "0.3511", "0.2782", "0.3707"],
    ["2", "0.3346", "0.3863", "0.2791"],
  ]);
  expect(textsOf(table, "[data-target]")).toEqual(["0.3817", "0.2782", "0.3863"]);
});

it("has one tab stop, which the arrow keys, Home and End move", async () => {
  const table = await probabilities();
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

it("dims all but what an asked number is made of", async () => {
  const step = await stage("celoss-softmax", { view: viewOf({ asked: cell("softmax", 0, 0) }) });
  const lit = [...step.querySelectorAll<HTMLElement>("td[data-light]")].map(({ dataset }) => dataset.cell);
  expect(lit).toEqual(["x 0 0", "x 0 1", "x 0 2", "softmax 0 0"]);
});

it("has a name for every number", async () => {
  const table = await probabilities();
  expect(table.querySelector("table")?.getAttribute("aria-label")).toBe("p = softmax(x)");
  expect(table.querySelector("td[data-cell]")?.getAttribute("aria-label")).toBe(
    "probability, sample 0, class 0: 0.3817",
  );
});
