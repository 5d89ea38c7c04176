// An application that Vite has bundled.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { shows } from "../../e2e/page.ts";
import { elsewhere } from "../elsewhere.ts";
import { loss, showsSoftmax } from "./see.ts";

test.use({ folder: elsewhere("consumer/app/dist") });

test("a bundle has the library and the element", async ({ driver }) => {
  await driver.open();
  await shows(driver, { role: "status", name: "loss" }, loss);
  await showsSoftmax(driver);
  assert.deepEqual(await driver.errors(), []);
});
