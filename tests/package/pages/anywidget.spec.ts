// The widget in a page that does to it what a notebook does.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { entry, rows, showsMatrix } from "../../e2e/page.ts";
import { elsewhere } from "../elsewhere.ts";
import { showsSoftmax } from "./see.ts";

test.use({ folder: elsewhere("anywidget") });

interface Notebook {
  model: { set(name: string, value: string): void; saved: Record<string, string> };
}

test("a notebook sets the numbers, and hears of those that a reader sets", async ({ driver }) => {
  await driver.open();
  await showsSoftmax(driver);
  await driver.fill(entry(1, 0), "1");
  await driver.press("Enter");
  await driver.eventually(async () => {
    const { hash } = await driver.evaluate(() => (globalThis as unknown as Notebook).model.saved);
    assert.match(hash ?? "", /x=1,2,3;1,2,1/);
  });
  await driver.evaluate(() => (globalThis as unknown as Notebook).model.set("x", "0,0;0,0"));
  await showsMatrix(driver, "p = softmax(x)", rows("0.5000 0.5000", "0.5000 0.5000"));
  assert.deepEqual(await driver.errors(), []);
});
