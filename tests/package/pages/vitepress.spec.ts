// The example for VitePress: a page of markdown with an element and a frame in it.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { elsewhere } from "../elsewhere.ts";
import { figure, showsSoftmax } from "./see.ts";

test.use({ folder: elsewhere("vitepress/.vitepress/dist") });

test("the article has the element, and the frame its page", async ({ driver }) => {
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
});
