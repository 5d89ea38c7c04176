import { expect, it } from "vitest";
import { linear } from "../../../../web/src/elements/figures/chart.ts";

it("a linear axis has its ends where they belong, and everything between and beyond in proportion", () => {
  const x = linear([0, 2], [10, 110]);
  expect([0, 2, 1, 3, -1].map(x)).toEqual([10, 110, 60, 160, -40]);
  // Up is less in pixels.
  expect([0, 1].map(linear([0, 1], [100, 0]))).toEqual([100, 0]);
});
