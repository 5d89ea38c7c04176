// The modules as they lie in node_modules, in a page that nothing has been built for.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { shows } from "../../e2e/page.ts";
import { elsewhere } from "../elsewhere.ts";
import { loss, showsSoftmax } from "./see.ts";

test.use({ folder: elsewhere("consumer") });

test("a plain page has the library and the element", async ({ driver }) => {
  await driver.open();
  await shows(driver, { role: "status", name: "loss" }, loss);
  await showsSoftmax(driver);
  const [whole] = await driver.evaluate(() => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    return [...(root?.querySelectorAll("a") ?? [])].map(({ href }) => href).filter((href) => href.includes("?"));
  });
  assert.match(whole ?? "", /\/node_modules\/celoss\/dist\/index\.html\?.*#.*x=1,2,3;3,2,1/);
  assert.deepEqual(await driver.errors(), []);
});
