// What does not depend on the place: accessibility, width, and the reader's language.
import assert from "node:assert/strict";
import { STEPS } from "../../web/src/state/steps.ts";
import type { Driver } from "./driver.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";
import { says, saysNot, showsLoss, tabTo } from "./page.ts";

/** As large as it gets: 8 samples of 10 classes. */
const largest = Array.from({ length: 8 }, (_, row) =>
  Array.from({ length: 10 }, (_, column) => row - column).join(" "),
);

async function pasteX(page: Driver, text: string): Promise<void> {
  await page.click(on.entry(0, 0));
  await page.paste(text);
}

for (const lang of ["zh", "en"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe has nothing to say in ${lang}, ${theme}`, async ({ driver }) => {
      await driver.open(`?lang=${lang}&theme=${theme}`);
      await driver.eventually(async () => assert.ok((await driver.names("gridcell")).length > 0));
      assert.deepEqual(await driver.violations(), []);
    });
  }
}

test("axe has nothing to say while things are wrong and open", async ({ driver }) => {
  await driver.open("?lang=en&theme=light");
  await driver.fill(on.entry(0, 1), "abc");
  await driver.click(on.button("Remove class 0"));
  await driver.click(on.button("print(p)"));
  await driver.click(on.radio("as the core computes it"));
  await driver.click(on.cell("p = softmax(x)", 0, 0));
  await says(driver, on.steps.data, "IndexError");
  assert.deepEqual(await driver.violations(), []);
});

for (const width of [320, 360]) {
  test(`never scrolls sideways at ${width} pixels`, async ({ driver }) => {
    const excess = () =>
      driver.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await driver.resize(width, 700);
    for (const lang of ["zh", "en"]) {
      await driver.open(`?lang=${lang}`);
      await driver.hover(on.cell("p = softmax(x)", 0, 0));
      assert.equal(await excess(), 0);
    }
    await pasteX(driver, largest.join("\n"));
    await says(driver, on.steps.data, "Pasted 8 × 10 numbers.");
    assert.equal(await excess(), 0);
    await driver.click(on.label(7, 9));
    await on.isChecked(driver, on.label(7, 9));
    await driver.press("Escape");
    await driver.click(on.cell("p = softmax(x)", 6, 9));
    await says(driver, on.steps.softmax, "probability, sample 6, class 9");
    assert.equal(await excess(), 0);
    // The matrix has scrolled to its last class, and still says which sample it is.
    const heads = await driver.evaluate(() =>
      [...(document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelectorAll("#softmax tbody th") ?? [])].map(
        (head) => head.getBoundingClientRect().left >= 0,
      ),
    );
    assert.ok(heads.length >= 16 && heads.every(Boolean));
    // On a phone the answer lies over the page, and can be closed.
    await driver.tap(on.button(/^nll_loss: /));
    await says(driver, on.steps.nllLoss, "all digits");
    await driver.tap({ ...on.button("Close"), in: on.steps.nllLoss });
    await saysNot(driver, on.steps.nllLoss, "all digits");
    assert.deepEqual(await driver.errors(), []);
  });
}

/** Place, size and type of what the live page and the fallback both show; the fallback takes the live page's place. */
function measureBoth(lang: string) {
  const demo = document.querySelector("cross-entropy-demo");
  const measure = (content: Element | ShadowRoot | null | undefined) =>
    ["h1", ".lead", ".share[data-target]", ".rule text", ".mark path", ".mark text", ".loss-foot .scalar"].map(
      (selector) => {
        const element = content?.querySelector(`.opening ${selector}`);
        if (!element) return { box: [], words: selector, type: "missing" };
        const { x, y, width, height } = element.getBoundingClientRect();
        const { fontFamily, fontSize, fontWeight, lineHeight, letterSpacing, color } = getComputedStyle(element);
        return {
          box: [x, y, width, height],
          words: element.textContent?.trim(),
          type: [fontFamily, fontSize, fontWeight, lineHeight, letterSpacing, color].join(" "),
        };
      },
    );
  const live = measure(demo?.shadowRoot);
  demo?.shadowRoot?.replaceChildren(document.createElement("slot"));
  return { live, still: measure(demo?.querySelector(`[lang|=${lang}]`)) };
}

for (const width of [360, 1280, 1920]) {
  test(`the fallback has title, lead and first figure where the live page has them, at ${width} pixels`, async ({
    driver,
  }) => {
    await driver.resize(width, 900);
    for (const lang of ["zh", "en"]) {
      await driver.open(`?lang=${lang}`);
      await driver.eventually(async () => {
        assert.equal((await driver.names("slider")).length, 1);
        assert.ok((await driver.names("img")).some((name) => name.includes("0.6243")));
      });
      const { live, still } = await driver.evaluate(measureBoth, lang);
      for (const [i, { box, words, type }] of live.entries()) {
        assert.deepEqual([still[i]?.words, still[i]?.type], [words, type]);
        for (const [side, length] of box.entries()) {
          assert.ok(Math.abs((still[i]?.box[side] ?? NaN) - length) < 0.5, `${words}: ${still[i]?.box} is not ${box}`);
        }
      }
    }
  });
}

test("everything that can be done is reached by Tab", async ({ driver }) => {
  await driver.open("?lang=en");
  await showsLoss(driver, "1.0646");
  const reached = new Set<string>();
  for (let focused = ""; !focused.startsWith("link yangzhixuan"); ) {
    await driver.press("Tab");
    focused = await driver.focused();
    assert.ok(reached.size < 200, "Tab comes to no end");
    reached.add(focused);
  }
  const roles = ["button", "link", "slider", "spinbutton"];
  for (const role of roles) {
    for (const name of new Set(await driver.names(role))) {
      const disabled = ["Undo", "Redo", "Back to the note"].includes(name);
      assert.equal(reached.has(`${role} ${name}`), !disabled, `${role} ${name}`);
    }
  }
  for (const one of [
    "radio Auto",
    "radio CrossEntropyLoss(softmax(x))",
    "textbox x, sample 0, class 0",
    "radio 0",
    "radio 1",
    "radio float32",
    "radio mean",
    "radio textbook form",
    "gridcell probability, sample 0, class 0: 0.3817",
    "gridcell gradient with softmax in front, sample 0, class 0: -0.0768",
  ]) {
    assert.ok(reached.has(one), one);
  }
});

test("Alt with the arrow keys goes from step to step", async ({ driver }) => {
  await driver.open("?lang=en");
  await showsLoss(driver, "1.0646");
  const names = await driver.eventually(async () => {
    const [, ...after] = await driver.names("region");
    assert.equal(after.length, STEPS.length - 1);
    return after;
  });
  for (const name of names) {
    await driver.press("Alt+ArrowDown");
    await on.hasFocus(driver, `heading ${name}`);
    await on.hasAttribute(driver, on.link(name), "aria-current", "step");
  }
  await driver.press("Alt+ArrowDown");
  await on.hasFocus(driver, `heading ${names.at(-1)}`);
  await driver.press("Alt+ArrowUp");
  await on.hasFocus(driver, `heading ${names.at(-2)}`);
});

test("its formulas have all their parts", async ({ driver }) => {
  await driver.open("?lang=en");
  await showsLoss(driver, "1.0646");
  const parts = await driver.evaluate(() => {
    const roots = [document, document.querySelector("cross-entropy-demo")?.shadowRoot];
    const elements = roots.flatMap((root) => [
      ...(root?.querySelectorAll("mfrac, msub, msup, munder, mover, msubsup, munderover") ?? []),
    ]);
    return elements.map(({ localName, childElementCount }) => `${localName} ${childElementCount}`);
  });
  assert.ok(parts.length > 0);
  for (const part of parts) assert.match(part, /^(msubsup|munderover) 3$|^(mfrac|msub|msup|munder|mover) 2$/);
});

test("forbids itself everything but its own script", async ({ driver }) => {
  await driver.open("?lang=en");
  const policy = await driver.evaluate(() =>
    document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content"),
  );
  const hashes = "'sha256-[\\w+/]+='( 'sha256-[\\w+/]+=')*";
  assert.match(
    policy ?? "",
    new RegExp(
      `^default-src 'none'; script-src ${hashes} 'wasm-unsafe-eval'; style-src ${hashes}; img-src data: blob:; ` +
        "worker-src blob:; frame-src blob:; base-uri 'none'; form-action 'none'$",
    ),
  );
  assert.equal(await driver.evaluate(() => fetch("data:,").then(String, () => "blocked")), "blocked");
  const ran = await driver.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.ran = 'yes'";
    document.head.append(script);
    return document.documentElement.dataset.ran ?? "blocked";
  });
  assert.equal(ran, "blocked");
  const styled = await driver.evaluate(() => {
    const paragraph = document.createElement("p");
    paragraph.innerHTML = '<b style="color: red">';
    document.body.append(paragraph);
    return paragraph.querySelector("b")?.style.color || "blocked";
  });
  assert.equal(styled, "blocked");
});

test.describe("a Chinese browser", () => {
  test.use({ locale: "zh-CN" });
  test("is answered in its language", async ({ driver }) => {
    await driver.open();
    // WebKit keeps the language of the machine.
    const chinese = await driver.evaluate(() => navigator.language.startsWith("zh"));
    assert.equal(await driver.evaluate(() => document.documentElement.lang), chinese ? "zh-CN" : "en");
    const [title] = await driver.texts("heading");
    assert.equal(title, chinese ? "损失为什么降不到零？" : "Why won’t the loss go to zero?");
    await driver.open("?lang=en");
    await showsLoss(driver, "1.0646");
    await tabTo(driver, "button 中文");
  });
});
