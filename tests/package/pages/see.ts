// What everybody who shows the demo shows: softmax of (1, 2, 3) and (3, 2, 1), and the loss of their largest.
import assert from "node:assert/strict";
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

/** The article that each generator of sites makes of its example: the element, and the frame with its page. */
export async function showsArticle(driver: Driver): Promise<void> {
  await driver.open();
  await showsSoftmax(driver, figure("元素"));
  await driver.eventually(async () => {
    const language = await driver.evaluate(() => {
      const frame = document.querySelector("iframe");
      frame?.scrollIntoView();
      return frame?.contentDocument?.documentElement.lang;
    });
    assert.equal(language, "zh-CN");
  });
  assert.equal(await driver.instances(), 1);
  assert.deepEqual(await driver.errors(), []);
}
