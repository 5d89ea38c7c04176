// The example in plain HTML: two elements and a frame in an article.
import assert from "node:assert/strict";
import { test } from "../../e2e/fixtures.ts";
import { says } from "../../e2e/page.ts";
import { elsewhere } from "../elsewhere.ts";
import { figure, loss, showsSoftmax, stepIn } from "./see.ts";

test.use({ folder: elsewhere("html") });

test("an article has two elements, of one core, each in the language around it", async ({ driver }) => {
  await driver.open();
  await showsSoftmax(driver, figure("softmax"));
  await says(driver, stepIn("softmax", /softmax/), "turns a row of logits into probabilities");
  await driver.evaluate(() => document.querySelector("[lang=zh-CN]")?.scrollIntoView());
  await says(driver, stepIn("cross_entropy", /cross_entropy/), "损失", loss);
  assert.equal(await driver.instances(), 1);
  assert.deepEqual(await driver.errors(), []);
});

test("its frame shows the same numbers, and grows to the height that they need", async ({ driver }) => {
  await driver.open();
  await driver.eventually(async () => {
    const [height, needed, told, text] = await driver.evaluate(() => {
      const frame = document.querySelector("iframe") as HTMLIFrameElement;
      // Again and again: the elements above push it away while they come.
      frame.scrollIntoView();
      const inside = frame.contentDocument?.querySelector("cross-entropy-demo")?.shadowRoot;
      const cells = [...(inside?.querySelectorAll<HTMLElement>("td") ?? [])].map((cell) => cell.innerText.trim());
      const needed = frame.contentDocument?.documentElement.scrollHeight;
      return [frame.offsetHeight, needed, frame.style.height, cells.join(" ")] as const;
    });
    assert.match(text, /-0\.4076/);
    assert.equal(height, needed);
    assert.equal(told, `${height}px`);
  });
  assert.deepEqual(await driver.errors(), []);
});
