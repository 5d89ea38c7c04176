// The example for React.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { button, entry, rows, says, showsMatrix } from "../../e2e/page.ts";
import { elsewhere } from "../elsewhere.ts";
import { figure, stepIn } from "./see.ts";

test.use({ folder: elsewhere("react/dist") });

test("React sets the numbers of two elements, and hears of those that a reader sets", async ({ driver }) => {
  await driver.open();
  await showsMatrix(driver, "p = softmax(x)", rows("0.9998 0.0001 0.0001", "0.0001 0.9998 0.0001"), figure("softmax"));
  await driver.click(button("unsure"));
  await showsMatrix(driver, "p = softmax(x)", rows("0.3333 0.3333 0.3333", "0.3333 0.3333 0.3333"), figure("softmax"));
  await says(driver, stepIn("loss, read only", /cross_entropy/), "1.0986");
  await driver.fill({ ...entry(0, 0), in: figure("softmax") }, "2");
  await driver.press("Enter");
  await says(driver, { role: "status", name: "what is shown" }, "x=2,1,1;1,1,1");
  assert.equal(await driver.instances(), 1);
  assert.deepEqual(await driver.errors(), []);
});
