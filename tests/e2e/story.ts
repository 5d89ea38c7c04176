// The story as a reader walks it: in every engine, in every place, by what is seen and heard.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";

interface Step {
  name: string;
  walk(page: Driver): Promise<void>;
}

export const story: Step[] = [
  {
    name: "opens with every number of the note",
    async walk(page) {
      await page.open("?lang=en");
      assert.deepEqual(await page.cells("p = softmax(x)"), [
        ["0.3817", "0.3259", "0.2924"],
        ["0.3511", "0.2782", "0.3707"],
        ["0.3346", "0.3863", "0.2791"],
      ]);
      for (const name of ["loss by hand: 1.0646", "nll_loss: 1.0646"]) {
        assert.equal(await page.text({ role: "button", name }), "1.0646");
      }
      assert.deepEqual(await page.errors(), []);
    },
  },
];
