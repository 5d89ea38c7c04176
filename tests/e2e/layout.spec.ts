// What a reader sees at other widths, with longer numbers and in the style sheets of others.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";

const script = '<script type="module" src="/cross-entropy-demo.js"></script>';

/** How far a page scrolls sideways. */
const excess = (page: Driver) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("on a phone, what answers for a number does not lie over it", async ({ driver }) => {
  await driver.resize(360, 740);
  await driver.open("?lang=en&step=log,nll-loss");
  for (const asked of ["log of softmax, sample 0, class 0: -0.9632", "nll_loss: 1.0646"]) {
    // From the numbers before it, whose answers have moved nothing.
    for (let tab = 0; tab < 40 && !(await driver.focused()).includes(asked); tab++) await driver.press("Tab");
    assert.ok((await driver.focused()).includes(asked));
    await driver.eventually(async () => {
      const [bottom = Infinity, top = 0] = await driver.evaluate(() => {
        const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
        const sheet = root?.querySelector(".sheet .reading")?.getBoundingClientRect();
        return [root?.activeElement?.getBoundingClientRect().bottom, sheet?.top];
      });
      assert.ok(bottom < top, `${bottom} is below ${top}`);
    });
  }
});

test("long numbers are whole, in columns of one width", async ({ driver }) => {
  for (const [width, numbers] of [
    [360, "100.5,-50,-1234.5;12345.678,3,0.1"],
    [680, "100.5,-50,-1234.5;12345.678,3,0.1"],
    [1280, "-999999.5,-50,-1234.5;12345.678,3,1e20"],
  ] as const) {
    await driver.resize(width, 800);
    for (const step of ["data", "softmax"]) {
      await driver.open(`?lang=en&step=${step}#x=${numbers}&y=0,2`);
      await on.isThere(driver, "textbox", "x, sample 0, class 0");
      const inputs = await driver.evaluate(() => {
        const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
        return [...(root?.querySelectorAll<HTMLInputElement>(".entry input") ?? [])].map((input) => {
          const { paddingLeft, paddingRight, font } = getComputedStyle(input);
          const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
          context.font = font;
          return {
            width: input.getBoundingClientRect().width,
            room: input.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
            needed: context.measureText(input.value).width,
          };
        });
      });
      assert.equal(inputs.length, 6);
      for (const input of inputs) assert.ok(input.needed <= input.room, `${width}: ${JSON.stringify(input)}`);
      assert.equal(new Set(inputs.map((input) => Math.round(input.width))).size, 1);
      assert.equal(await excess(driver), 0, `${step} at ${width}`);
    }
  }
});

test("an article’s own typography stays outside", async ({ driver }) => {
  const sizes = async (style: string) => {
    await driver.openArticle(
      `<style>article { ${style} }</style><h1>An article</h1><article><cross-entropy-demo step="nll-loss" lang="en"></cross-entropy-demo></article>${script}`,
    );
    await on.isThere(driver, "button", "nll_loss: 1.0646");
    return driver.evaluate(() => {
      const demo = document.querySelector("cross-entropy-demo");
      const origin = demo?.getBoundingClientRect();
      const parts = demo?.shadowRoot?.querySelectorAll(".step-name, [part=lead], .tensor, .operation, .loss-foot, pre");
      return [...(parts ?? [])].map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left - (origin?.left ?? 0), top - (origin?.top ?? 0), width, height].map(Math.round).join(" ");
      });
    });
  };
  const plain = await sizes("");
  const bent = await sizes(
    "text-transform: uppercase; text-indent: 2em; letter-spacing: 0.2em; word-spacing: 1em; white-space: pre-wrap; direction: rtl; text-align: right; font-style: italic; font-variant: small-caps",
  );
  assert.ok(plain.length > 8);
  assert.deepEqual(bent, plain);
});

test("an arrow stands beside what it points at", async ({ driver }) => {
  for (const width of [626, 680, 1280]) {
    await driver.resize(width, 900);
    for (const step of ["softmax", "log", "log-softmax", "nll-loss", "cross-entropy"]) {
      await driver.open(`?lang=en&step=${step}`);
      await on.isThere(driver, "button", "Copy");
      const pairs = await driver.evaluate(() => {
        const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
        return [...(root?.querySelectorAll(".flow .operation") ?? [])].map((arrow) => {
          const [from, to] = [arrow, arrow.nextElementSibling].map((element) => element?.getBoundingClientRect());
          const middle = from ? (from.top + from.bottom) / 2 : Number.NaN;
          return to && from && to.left >= from.right && middle > to.top && middle < to.bottom;
        });
      });
      assert.ok(pairs.length > 0);
      assert.ok(
        pairs.every((pair) => pair),
        `${step} at ${width}: ${pairs}`,
      );
      assert.equal(await excess(driver), 0);
    }
  }
});

test("a picture holds all of its labels", async ({ driver }) => {
  await driver.resize(500, 900);
  await driver.open("?lang=en&step=log#x=1.5,-2,1e-7,0;100,3,-50,0.1&y=0,3");
  await driver.eventually(async () =>
    assert.equal(
      await driver.evaluate(
        () =>
          document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelectorAll("svg.chart .sample text").length,
      ),
      2,
    ),
  );
  await driver.click(on.button("Take it with you"));
  assert.match(await driver.text({ role: "textbox", name: "celoss-log.svg" }), /1 ↑ 99\.9000/);
  const outside = await driver.evaluate(() => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = root?.querySelector<HTMLTextAreaElement>(".export textarea")?.value ?? "";
    const edges = place.querySelector("svg")?.getBoundingClientRect() as DOMRect;
    return [...place.querySelectorAll("text")].filter((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return left < edges.left || right > edges.right || top < edges.top || bottom > edges.bottom;
    }).length;
  });
  assert.equal(outside, 0);
});

test("the bars of the opening figure are three columns or one", async ({ driver }) => {
  for (const width of [360, 598, 626, 660, 680, 1280]) {
    await driver.resize(width, 900);
    await driver.open("?lang=en&step=question");
    await on.isThere(driver, "slider", "How sure is the network?");
    const rows = await driver.evaluate(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      const bars = [...(root?.querySelectorAll(".probability-bars li") ?? [])];
      return new Set(bars.map((bar) => bar.getBoundingClientRect().top)).size;
    });
    assert.equal(rows, width < 600 ? 3 : 1, String(width));
  }
});

test("no rule stands above the first step", async ({ driver }) => {
  for (const address of ["?lang=en&step=softmax,log", "?lang=en&step=softmax,log#x=nonsense"]) {
    await driver.open(address);
    await on.isThere(driver, "region", "3 log");
    const rules = [
      await driver.style(on.steps.softmax, "border-top-width"),
      await driver.style(on.steps.log, "border-top-width"),
    ];
    assert.deepEqual(rules, ["0px", "1px"]);
  }
});

test("the ground is the article’s, unless the element has a theme of its own", async ({ driver }) => {
  await driver.resize(360, 900);
  const grounds = async (attributes: string) => {
    await driver.openArticle(
      `<style>html { color-scheme: dark; background: #203040; color: #fff }</style><main><h1>An article</h1><cross-entropy-demo step="softmax" lang="en" x="1,2,3,4,5,6;1,2,3,4,5,6" y="0,1" ${attributes}></cross-entropy-demo></main>${script}`,
    );
    await on.isThere(driver, "button", "Take it with you");
    return driver.evaluate(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      const of = (selector: string) => getComputedStyle(root?.querySelector(selector) as Element).backgroundColor;
      return [of(".page"), of("th[scope=row]"), of("celoss-tensor-table th[scope=row]")];
    });
  };
  const none = "rgba(0, 0, 0, 0)";
  assert.deepEqual(await grounds(""), [none, none, none]);
  assert.deepEqual(await driver.violations(), []);
  // The numbers pass below the names of their rows.
  await driver.evaluate(() => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    root?.querySelector(".tensor-scroll")?.scrollTo(60, 0);
  });
  await driver.eventually(async () => {
    const ground = await driver.evaluate(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      return getComputedStyle(root?.querySelector("th[scope=row]") as Element).backgroundColor;
    });
    assert.equal(ground, "rgb(20, 20, 15)");
  });
  // A picture takes a ground along.
  await driver.click(on.button("Take it with you"));
  assert.match(
    await driver.text({ role: "textbox", name: "celoss-softmax.svg" }),
    /<rect x="[-\d]+" y="[-\d]+" width="\d+" height="\d+" fill="#14140f"\/>/,
  );
  assert.deepEqual(await grounds('theme="light"'), ["rgb(255, 253, 248)", none, none]);
  assert.deepEqual(await grounds('style="--celoss-paper: rgb(1, 2, 3)"'), ["rgb(1, 2, 3)", none, none]);
});

test("a dialog in a high frame opens in the part that is seen", async ({ driver }) => {
  await driver.resize(800, 600);
  await driver.openArticle(
    '<h1>An article</h1><iframe title="demo" src="/index.html?step=softmax,log,lesson&lang=en" width="760" height="4000"></iframe>',
  );
  await driver.eventually(async () => {
    const pressed = await driver.evaluate(() => {
      const root = document.querySelector("iframe")?.contentDocument?.querySelector("cross-entropy-demo")?.shadowRoot;
      const button = root?.querySelector<HTMLElement>("#log .share-buttons button");
      button?.scrollIntoView({ block: "center" });
      button?.click();
      return button !== undefined && button !== null;
    });
    assert.ok(pressed);
  });
  await driver.eventually(async () => {
    const { top, bottom } = await driver.evaluate(() => {
      const frame = document.querySelector("iframe");
      const root = frame?.contentDocument?.querySelector("cross-entropy-demo")?.shadowRoot;
      const dialog = root?.querySelector("dialog[open]")?.getBoundingClientRect();
      const above = (frame?.getBoundingClientRect().top ?? 0) + (frame?.clientTop ?? 0);
      return { top: above + (dialog?.top ?? Number.NaN), bottom: above + (dialog?.bottom ?? Number.NaN) };
    });
    assert.ok(top >= 0 && bottom <= 600 && bottom - top > 300, `${top} to ${bottom}`);
  });
});
