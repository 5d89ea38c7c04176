import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";

const button = (name: string) => ({ role: "button", name });
const cell = { matrix: "x", row: 0, column: 0 };
const note = { role: "note", name: "log" };
export const story: { name: string; walk: (page: Driver) => Promise<void> }[] = [
  {
    name: "shows the matrix",
    async walk(page) {
      await page.open("?lang=en#x");
      assert.deepEqual(await page.cells("x"), [
        ["1.5000", "2.25"],
        ["3.0000", "−4.0000"],
      ]);
      assert.deepEqual(await page.errors(), []);
      assert.equal(await page.evaluate(() => location.hash), "#x");
    },
  },
  {
    name: "clicks, hovers, taps, drags",
    async walk(page) {
      await page.open();
      await page.click(button("Count"));
      await page.click(button("Count"));
      assert.equal(await page.text({ role: "status", name: "Count" }), "2");
      await page.hover(cell);
      assert.equal(await page.text(note), "enter:mouse");
      await page.tap({ role: "gridcell", name: /^x 0 0/, in: { role: "grid", name: "x" } });
      await page.eventually(async () => assert.match(await page.text(note), /click:(touch|mouse)$/));
      await page.drag({ role: "slider", name: "Scale" }, 40);
      assert.equal(await page.attribute({ role: "slider", name: "Scale" }, "aria-valuenow"), "40");
      await page.drag({ role: "slider", name: "Scale" }, 30.5);
    },
  },
  {
    name: "types and pastes",
    async walk(page) {
      await page.open();
      await page.fill({ role: "textbox", name: "Number" }, "12.5");
      assert.equal(await page.text({ role: "textbox", name: "Number" }), "12.5");
      await page.fill({ role: "textbox", name: "Number" }, "交 -1e4");
      assert.equal(await page.text({ role: "textbox", name: "Number" }), "交 -1e4");
      await page.fill({ role: "textbox", name: "Number" }, "");
      assert.equal(await page.text({ role: "textbox", name: "Number" }), "");
      await page.press("Tab");
      assert.equal(await page.focused(), "gridcell x 0 0 1.5000");
      await page.press("Control+b");
      assert.match(await page.text(note), /key:Ctrl\+b$/);
      await page.press("ArrowRight");
      assert.match(await page.text(note), /key:ArrowRight$/);
      await page.press("Shift+Tab");
      assert.equal(await page.focused(), "textbox Number");
      await page.click({ role: "textbox", name: "Paste here" });
      await page.paste("1\t2\n3\t4");
      await page.eventually(async () => assert.match(await page.text(note), /pasted:"1\\t2\\n3\\t4"$/));
      assert.equal(await page.focused(), "textbox Paste here");
    },
  },
  {
    name: "walks by keyboard alone",
    async walk(page) {
      await page.open();
      await page.press("Tab");
      assert.equal(await page.focused(), "button Count");
      await page.press("Enter");
      assert.equal(await page.text({ role: "status", name: "Count" }), "1");
      await page.press(" ");
      assert.equal(await page.text({ role: "status", name: "Count" }), "2");
    },
  },
  {
    name: "is narrow, accessible, in Chinese",
    async walk(page) {
      await page.open("?lang=zh");
      await page.resize(320, 700);
      assert.deepEqual(await page.evaluate((n: number) => [innerWidth, innerHeight, n], 5), [320, 700, 5]);
      assert.equal(await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches), true);
      assert.deepEqual(await page.violations(), []);
      assert.deepEqual(await page.names("heading"), ["交叉熵"]);
      await page.screenshot(`/tmp/standin/shot-${page.place}.png`);
      await page.resize(1280, 900);
      assert.deepEqual(await page.evaluate(() => [innerWidth, innerHeight]), [1280, 900]);
    },
  },
  {
    name: "notices errors",
    async walk(page) {
      await page.open();
      await page.click(button("Misbehave"));
      await page.eventually(async () => {
        const errors = (await page.errors()).join("\n");
        assert.match(errors, /misbehaving/);
        assert.match(errors, /thrown|Script error/);
        assert.match(errors, /style-src/);
      });
    },
  },
  {
    name: "notices a policy broken while loading",
    async walk(page) {
      await page.open("?bad");
      assert.match((await page.errors()).join(), /img-src/);
    },
  },
];
