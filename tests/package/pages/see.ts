// What everybody who shows the demo shows: softmax of (1, 2, 3) and (3, 2, 1), and the loss of their largest.
import type { Driver } from "../../e2e/driver.ts";
import type { Target } from "../../e2e/finder.ts";
import { rows, showsMatrix } from "../../e2e/page.ts";

export const softmax = rows("0.0900 0.2447 0.6652", "0.6652 0.2447 0.0900");
export const loss = "0.4076";

export const figure = (name: string): Target => ({ role: "figure", name });

/** A step of the element in a figure. */
export const stepIn = (name: string, step: RegExp): Target => ({ role: "region", name: step, in: figure(name) });

export const showsSoftmax = (page: Driver, place?: Target): Promise<void> =>
  showsMatrix(page, "p = softmax(x)", softmax, place);
