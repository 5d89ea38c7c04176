// The demo in other people's articles: in parts, by links, in frames, as an element.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { STEPS } from "../../web/src/state/steps.ts";
import type { Driver } from "./driver.ts";
import type { Target } from "./finder.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";
import { rows, rowsOf, says, saysNot, shows, showsLoss, showsMatrix, showsX } from "./page.ts";

const { cases } = JSON.parse(readFileSync(new URL("../golden/note.json", import.meta.url), "utf8"));
const { printed } = cases.find((example: { name: string }) => example.name === "note_mean_float32");
const { plain } = printed;

const hash = (page: Driver) => page.evaluate(() => location.hash);
const entries = (page: Driver) => page.evaluate(() => history.length);
/** The notice of what a link says that could not be read. */
const aboutLink = (name = "What could not be read"): Target => ({ role: "status", name });

/** What is there of a demo, once it runs. */
async function regions(page: Driver): Promise<string[]> {
  return page.eventually(async () => {
    const names = await page.names("region");
    assert.ok(names.length > 0);
    return names;
  });
}

/** Opens the dialog of the step softmax, with numbers of its own, and chooses a way to embed. */
async function openDialog(page: Driver, way: string): Promise<void> {
  await page.open("?lang=en#v=1&x=1,2;3,4&y=0,1&counted=1,2");
  await page.click({ ...on.button("Embed"), in: on.steps.softmax });
  await choose(page, way);
}

/** Chooses in the dialog, whose preview may still grow and push the choice away from under the pointer. */
function choose(page: Driver, choice: string): Promise<void> {
  return page.eventually(async () => {
    await page.click(on.radio(choice));
    assert.ok(await page.checked(on.radio(choice)), choice);
  });
}

/** The code that the dialog gives, once it has measured how high its preview is. */
function code(page: Driver): Promise<string> {
  return page.eventually(async () => {
    const text = await page.text({ role: "textbox", name: "The code to embed" });
    assert.doesNotMatch(text, /height="0"/);
    return text;
  });
}

/** The numbers of x, where they can be changed. */
function showsEntries(page: Driver, expected: string[][]): Promise<void> {
  return page.eventually(async () => {
    const shown = expected.map((row, i) => Promise.all(row.map((_, j) => page.text(on.entry(i, j)))));
    assert.deepEqual(await Promise.all(shown), expected);
  });
}

test.describe("a part", () => {
  for (const [id, name] of Object.entries({
    data: "1 The data",
    softmax: "2 softmax",
    log: "3 log",
    "log-softmax": "4 log_softmax",
    "nll-loss": "5 nll_loss",
    "cross-entropy": "6 cross_entropy",
    lesson: "7 No softmax in front",
    labels: "8 Labels start at 0",
  })) {
    test(`${id} stands alone and brings its numbers, which can be changed`, async ({ driver }) => {
      await driver.open(`?step=${id}&lang=en`);
      assert.deepEqual(await regions(driver), [name]);
      const showsX = (expected: string[][]) => showsEntries(driver, expected);
      await showsX(rowsOf(printed.logits));
      await on.isGone(driver, "navigation", "Steps");
      await driver.fill(on.entry(0, 0), "2");
      await driver.press("Tab");
      await showsX([["2.0000", "0.5881", "0.4795"], ...rowsOf(printed.logits).slice(1)]);
      await driver.press("Control+z");
      await showsX(rowsOf(printed.logits));
      assert.deepEqual(await driver.violations(), []);
      assert.deepEqual(await driver.errors(), []);
    });
  }

  test("of the opening figure stands alone", async ({ driver }) => {
    await driver.open("?step=question&lang=en");
    assert.deepEqual(await regions(driver), ["Why won’t the loss go to zero?"]);
    assert.deepEqual(await driver.names("textbox"), []);
    assert.deepEqual(await driver.violations(), []);
  });

  test("shows the right numbers and their origin", async ({ driver }) => {
    await driver.open("?step=nll-loss&lang=en");
    await showsMatrix(driver, "log_p", rowsOf(plain.log_of_softmax));
    await driver.hover(on.cell("log_p", 0, 0));
    await says(driver, on.steps.nllLoss, "log(0.3817) = -0.9632");
    await driver.open("?step=lesson&lang=en#v=1&x=32,10,2;4,26,6;2,12,30&y=0,1,2");
    await shows(driver, on.button("loss with softmax in front: 0.5514"), "0.5514");
  });

  test("may be several, in the order of the page, with a rail", async ({ driver }) => {
    await driver.open("?step=lesson,softmax&lang=en");
    await driver.eventually(async () =>
      assert.deepEqual(await regions(driver), ["2 softmax", "7 No softmax in front"]),
    );
    await on.isThere(driver, "link", "7 No softmax in front");
    await driver.press("Alt+ArrowDown");
    await on.hasFocus(driver, "heading 7 No softmax in front");
  });

  test("leads to the whole page with the same numbers", async ({ driver }) => {
    await driver.open("?step=softmax&lang=en&theme=dark#v=1&x=1,2;3,4&y=0,1&counted=1,2");
    await regions(driver);
    const href = await driver.attribute({ role: "link", name: "The whole page ↗" }, "href");
    assert.match(href ?? "", /index\.html\?theme=dark&lang=en#v=1&x=1,2;3,4&y=0,1&counted=1,2$/);
  });

  test("never scrolls sideways on a phone", async ({ driver }) => {
    for (const width of [320, 360]) {
      await driver.resize(width, 700);
      for (const id of STEPS) {
        await driver.open(`?step=${id}&lang=zh`);
        await regions(driver);
        const excess = () =>
          driver.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await driver.eventually(async () => assert.equal(await excess(), 0, `${id} at ${width}`));
      }
    }
  });
});

test.describe("hide", () => {
  for (const [part, role, name] of [
    ["code", "group", "PyTorch"],
    ["print", "button", "print(p)"],
    ["share", "button", "Embed"],
    ["credit", "link", "yangzhixuan"],
  ] as const) {
    test(`leaves out ${part}`, async ({ driver }) => {
      await driver.open("?step=softmax&lang=en");
      await on.isThere(driver, role, name);
      await driver.open(`?step=softmax&lang=en&hide=${part}`);
      await regions(driver);
      await on.isGone(driver, role, name);
      assert.deepEqual(await driver.violations(), []);
    });
  }

  test("leaves out a title, which still names the section for those who listen", async ({ driver }) => {
    await driver.open("?step=softmax&lang=en&hide=title");
    assert.deepEqual(await regions(driver), ["2 softmax"]);
    await driver.eventually(async () =>
      assert.equal(await driver.style({ role: "heading", name: "2 softmax" }, "width"), "1px"),
    );
  });

  test("leaves out sentences, formulas and notices", async ({ driver }) => {
    await driver.open("?step=softmax&lang=en&hide=lead,formula,notice");
    await showsMatrix(driver, "p = softmax(x)", rowsOf(plain.softmax));
    const region: Target = { role: "region", name: "2 softmax" };
    await saysNot(driver, region, "Softmax turns a row of logits into probabilities");
    await saysNot(driver, region, "The order never changes");
    const formulas = await driver.evaluate(
      () =>
        [...(document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelectorAll("math") ?? [])].filter(
          (math) => math.getClientRects().length > 0,
        ).length,
    );
    assert.equal(formulas, 0);
  });

  test("leaves out rail and preferences of the whole page", async ({ driver }) => {
    await driver.open("?lang=en&hide=rail,preferences");
    await regions(driver);
    await on.isGone(driver, "navigation", "Steps");
    await on.isGone(driver, "radio", "Dark");
  });
});

test("readonly leaves every number as it is, and lets all of them be asked", async ({ driver }) => {
  await driver.open("?readonly&lang=en");
  await showsLoss(driver, "1.0646");
  for (const name of ["+ Add a sample", "Remove class 0", "Undo", "Back to the note", "Subtract 1"]) {
    await on.isGone(driver, "button", name);
  }
  await driver.click(on.entry(0, 0));
  await driver.type("9");
  await driver.press("ArrowUp");
  await driver.press("Control+z");
  await driver.drag(on.entry(1, 1), 60);
  await showsLoss(driver, "1.0646");
  await on.hasAttribute(driver, on.label(0, 2), "disabled", "");
  await driver.hover(on.cell("p = softmax(x)", 0, 0));
  await says(driver, on.steps.softmax, "= 0.3817");
  await driver.click(on.radio("CrossEntropyLoss(x)"));
  await says(driver, on.steps.question, "closer the loss comes to 0");
  await showsX(driver, rowsOf(printed.logits));
});

test.describe("a link", () => {
  test("carries the numbers, the labels, the options and the step", async ({ driver }) => {
    await driver.open(
      "?lang=en#v=1&x=1,2;3,4&y=1,0&reduction=sum&dtype=float64&pipeline=plain&sharpness=4&form=shifted&counted=2,2&step=lesson",
    );
    await showsX(driver, rows("1.0000 2.0000", "3.0000 4.0000"));
    for (const [row, picked] of [1, 0].entries()) await on.isChecked(driver, on.label(row, picked));
    for (const name of ["sum", "float64", "CrossEntropyLoss(x)", "as the core computes it"]) {
      await on.isChecked(driver, on.radio(name));
    }
    await shows(driver, on.counted(0), "2");
    await on.hasAttribute(driver, on.link("7 No softmax in front"), "aria-current", "step");
  });

  test("is what the address has become, and opens again as it was", async ({ driver }) => {
    await driver.open("?lang=en");
    await driver.fill(on.entry(0, 0), "2");
    await driver.press("Enter");
    await driver.click(on.label(1, 2));
    await driver.eventually(async () => assert.match(await hash(driver), /^#v=1&x=2,0\.58806,0\.47946;.*&y=0,2,1/));
    const address = await driver.evaluate(() => location.search + location.hash);
    await driver.open(address);
    await showsX(driver, [["2.0000", "0.5881", "0.4795"], ...rowsOf(printed.logits).slice(1)]);
    await on.isChecked(driver, on.label(1, 2));
  });

  test("gives each edit one entry of the history, a drag too, and scrolling none", async ({ driver }) => {
    await driver.open("?lang=en");
    await showsLoss(driver, "1.0646");
    const before = await entries(driver);
    await driver.drag(on.entry(0, 0), 90);
    await driver.eventually(async () => assert.match(await hash(driver), /x=0\.89594/));
    assert.equal(await entries(driver), before + 1);
    await driver.fill(on.entry(0, 1), "12.5");
    await driver.press("Tab");
    await driver.eventually(async () => assert.match(await hash(driver), /x=0\.89594,12\.5/));
    assert.equal(await entries(driver), before + 2);
    await driver.evaluate(() => scrollTo(0, 3000));
    await driver.eventually(async () => assert.match(await hash(driver), /&step=/));
    assert.equal(await entries(driver), before + 2);

    await driver.evaluate(() => history.back());
    await driver.eventually(async () => assert.doesNotMatch(await hash(driver), /12\.5/));
    await showsX(driver, [["0.8959", "0.5881", "0.4795"], ...rowsOf(printed.logits).slice(1)]);
    await driver.evaluate(() => history.back());
    await showsX(driver, rowsOf(printed.logits));
    await driver.evaluate(() => history.forward());
    await showsX(driver, [["0.8959", "0.5881", "0.4795"], ...rowsOf(printed.logits).slice(1)]);
  });

  test("with a bare name goes to that step and changes no number", async ({ driver }) => {
    await driver.open("?lang=en");
    await driver.fill(on.entry(0, 0), "2");
    await driver.press("Enter");
    await driver.eventually(async () => assert.match(await hash(driver), /x=2,/));
    const before = await entries(driver);
    await driver.evaluate(() => {
      location.hash = "lesson";
    });
    await on.hasAttribute(driver, on.link("7 No softmax in front"), "aria-current", "step");
    await showsLoss(driver, "0.8702");
    assert.equal(await entries(driver), before + 1);
    await driver.eventually(async () => assert.match(await hash(driver), /x=2,.*step=lesson/));
  });

  test("by its query carries numbers too, and keeps them", async ({ driver }) => {
    await driver.open("?lang=en&x=1,2;3,4&y=0,1");
    await showsX(driver, rows("1.0000 2.0000", "3.0000 4.0000"));
    await driver.click(on.radio("sum"));
    await driver.eventually(async () => assert.match(await hash(driver), /x=1,2;3,4&y=0,1&reduction=sum/));
    await driver.open(await driver.evaluate(() => location.search + location.hash));
    await showsX(driver, rows("1.0000 2.0000", "3.0000 4.0000"));
    await on.isChecked(driver, on.radio("sum"));
    await driver.fill(on.entry(0, 0), "7");
    await driver.press("Tab");
    await driver.click(on.button("Start again"));
    await showsX(driver, rows("1.0000 2.0000", "3.0000 4.0000"));
  });

  test("has an entry for every choice", async ({ driver }) => {
    await driver.open("?lang=en");
    await showsLoss(driver, "1.0646");
    const before = await entries(driver);
    for (const name of ["CrossEntropyLoss(x)", "as the core computes it", "sum", "float64"]) {
      await driver.click(on.radio(name));
    }
    await driver.eventually(async () => assert.equal(await entries(driver), before + 4));
    await driver.evaluate(() => history.go(-3));
    await on.isChecked(driver, on.radio("textbook form"));
    await on.isChecked(driver, on.radio("CrossEntropyLoss(x)"));
  });

  test("says quietly what it could not read, and uses the rest", async ({ driver }) => {
    await driver.open("?lang=en&theme=pink&source=blog&utm_source=blog#v=7&x=1,2;3,4&y=0,1&reduction=avg&seed=7&a&b");
    await showsX(driver, rows("1.0000 2.0000", "3.0000 4.0000"));
    await says(
      driver,
      aboutLink(),
      "“theme” cannot be “pink”, only auto, light or dark",
      "“source” is unknown",
      "“v” cannot be “7”, only 1",
      "“reduction” cannot be “avg”, only mean, sum or none",
      "and 2 more",
    );
    assert.deepEqual(await driver.violations(), []);
    await driver.click(on.button("Dismiss"));
    await on.isGone(driver, "status", "What could not be read");
    await driver.open("?lang=zh#x=1,a;2,3&y=2,1");
    await says(
      driver,
      aboutLink("没读懂的设置"),
      "有的设置没读懂，其余照用。",
      "“x”没有采用：“a”不是数字（第 1 行第 3 个字符）",
      "“y”是跟着“x”的，也没有采用",
    );
  });

  test("of numbers that are too large makes inf, as PyTorch does, and says so", async ({ driver }) => {
    await driver.open("?lang=en#x=1e999,1;2,3&y=0,1");
    await showsLoss(driver, "nan");
    await says(driver, aboutLink(), "“x”: “1e999” is inf in float32, as in PyTorch.");
  });

  test("of numbers that cannot be shows the note’s, and none of its labels", async ({ driver }) => {
    await driver.open("?lang=en#x=1,a;2,3&y=0,1");
    await showsLoss(driver, "1.0646");
    await says(
      driver,
      aboutLink(),
      "“x” is not used: “a” is not a number (line 1, column 3)",
      "“y” belongs to “x” and is not used either",
    );
  });

  test("is quoted so that it cannot turn the notice around", async ({ driver }) => {
    await driver.open(`?lang=en&${encodeURIComponent("\u202eevil\u05d0")}=1`);
    await says(driver, aboutLink(), "“\\u{202e}evil\u05d0” is unknown");
    const isolated = await driver.evaluate(
      () =>
        document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".problems-of-link bdi")?.textContent,
    );
    assert.equal(isolated, "\\u{202e}evil\u05d0");
  });

  test("longer than any of ours is refused at once", async ({ driver }) => {
    await driver.open(`?lang=en#x=${"1,2;".repeat(50_000)}`);
    await showsLoss(driver, "1.0646");
    await says(driver, aboutLink(), "“#” is not read: it has 200003 characters, and at most 65536 are");
  });

  test("opens however long it is", async ({ driver }) => {
    const x = Array.from({ length: 8 }, (_, row) =>
      Array.from({ length: 10 }, (_, column) => `-1.${row}${column}34567890123456e-200`).join(","),
    ).join(";");
    const others = "dtype=float64&reduction=sum&form=shifted&pipeline=plain&counted=1,1,1,1,1,1,1,1";
    await driver.open(`?lang=en#v=1&x=${x.replace(/[^,]*$/, "8")}&y=0,1,2,3,4,5,6,7&${others}`);
    await on.isChecked(driver, on.label(7, 7));
    await driver.click(on.label(7, 8));
    await driver.eventually(async () => {
      const now = await hash(driver);
      assert.match(now, /^#z=[\w-]{50,1500}$/);
      // Scrolling to the label may come into the address before the label does.
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(await hash(driver), now);
    });
    await driver.open(await driver.evaluate(() => location.search + location.hash));
    await on.isChecked(driver, on.label(7, 8));
    await shows(driver, on.entry(7, 9), "8.0000");
  });

  const hostile = [
    "<script>document.title='pwned'</script>",
    "<img src=x onerror=\"document.title='pwned'\">",
    "\"><svg onload=document.title='pwned'>",
    "javascript:document.title='pwned'",
    "<math><mtext><script>document.title='pwned'</script>",
    "{{constructor.constructor('document.title=1')()}}",
    "</style><style>*{display:none}",
    "0,0;0,0\u0000\u202e\ufffe",
    "%",
    "A".repeat(1000),
    "1,2;3,4&__proto__[x]=1&constructor.prototype.x=1",
  ];
  /** Nothing of it has become an element or has run, and the demo works. */
  async function isHarmless(driver: Driver, text: string): Promise<void> {
    await shows(driver, on.button("cross_entropy: 1.0646"), "1.0646");
    const { title, made, polluted } = await driver.evaluate(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      const suspicious = "script, img, iframe, style, [onload], [onerror], a[href^='javascript:']";
      return {
        title: document.title,
        made: root?.querySelectorAll(suspicious).length,
        polluted: "x" in {},
      };
    });
    assert.ok(!title.includes("pwned") && title !== "1", text);
    assert.deepEqual({ made, polluted }, { made: 0, polluted: false }, text);
  }

  test("is never taken for markup", async ({ driver }) => {
    test.slow();
    const names = ["lang", "hide", "theme", "readonly", "x", "y", "preset", "z", "v"];
    for (const text of hostile) {
      const value = encodeURIComponent(text);
      const all = names.map((name) => `${name}=${value}`).join("&");
      await driver.open(
        `?${all}&${value}=1&step=${value}&step=cross-entropy&readonly=0&lang=en#${all}&${value}=${value}`,
      );
      await isHarmless(driver, text);
      await driver.evaluate((hash: string) => {
        location.hash = hash;
      }, value);
      await isHarmless(driver, text);
    }
    await driver.evaluate(
      (hash: string) => {
        location.hash = hash;
      },
      `x=${"1,2;".repeat(50000)}`,
    );
    await isHarmless(driver, "long");
    await driver.click(on.entry(0, 0));
    await driver.paste("<img src=x onerror=document.title=1> 2");
    await says(driver, on.steps.crossEntropy, "Not pasted");
    await isHarmless(driver, "pasted");
    assert.deepEqual(await driver.errors(), []);
  });

  test("is never taken for markup in an attribute either", async ({ driver }) => {
    const attributes = (text: string) =>
      ["x", "y", "theme", "hide", "preset", "counted", "dtype"]
        .map((name) => `${name}="${text.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}"`)
        .join(" ");
    for (const text of hostile) {
      await driver.openArticle(
        `<h1>An article</h1><cross-entropy-demo step="cross-entropy" lang="en" ${attributes(text)}></cross-entropy-demo><script type="module" src="/cross-entropy-demo.js"></script>`,
      );
      await isHarmless(driver, text);
    }
    assert.deepEqual(await driver.errors(), []);
  });
});

test.describe("a frame", () => {
  const frame = (address: string, attributes = "") =>
    `<iframe title="celoss" src="/index.html${address.replaceAll("&", "&amp;")}" width="680" height="300" ${attributes}></iframe>`;

  const heights = (driver: Driver) =>
    driver.evaluate(() => {
      const frame = document.querySelector("iframe");
      const inner = frame?.contentDocument?.documentElement.getBoundingClientRect().height ?? 0;
      return [frame?.clientHeight ?? 0, Math.ceil(inner)];
    });

  test("grows with its content by the snippet that the dialog gives", async ({ driver }) => {
    await openDialog(driver, "frame that grows");
    await driver.openArticle(`<h1>An article</h1>${await code(driver)}`);
    await driver.eventually(async () => {
      const [outer = 0, inner] = await heights(driver);
      assert.ok(outer > 500, String(outer));
      assert.equal(outer, inner);
    });
    const count = () => driver.evaluate(() => (globalThis as unknown as { told: number }).told);
    await driver.evaluate(() => {
      (globalThis as unknown as { told: number }).told = 0;
      addEventListener("message", () => {
        (globalThis as unknown as { told: number }).told++;
      });
      document.querySelector("iframe")?.setAttribute("width", "400px");
    });
    await driver.eventually(async () => {
      const [outer = 0, inner] = await heights(driver);
      assert.equal(outer, inner);
      assert.ok((await count()) > 0);
    });
    // At rest it says nothing.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await count(), before);
  });

  test("takes only a height that can be one", async ({ driver }) => {
    await openDialog(driver, "frame that grows");
    await driver.openArticle(await code(driver));
    await driver.eventually(async () => {
      const [outer, inner] = await heights(driver);
      assert.equal(outer, inner);
    });
    const told = await driver.evaluate(() => {
      const frame = document.querySelector("iframe") as HTMLIFrameElement;
      const tell = (height: unknown) =>
        dispatchEvent(
          new MessageEvent("message", { data: { "celoss-height": height }, source: frame.contentWindow as Window }),
        );
      const heights = [Number.POSITIVE_INFINITY, Number.NaN, 1e9, 50001, 0, -1, 1.5, "700", [700], null];
      const before = frame.style.height;
      for (const height of heights) tell(height);
      const after = frame.style.height;
      tell(50000);
      return [before === after, frame.style.height];
    });
    assert.deepEqual(told, [true, "50000px"]);
  });

  test("leaves the history, the focus and the scrolling of the article alone", async ({ driver }) => {
    await driver.openArticle(
      `<p><input aria-label="mine" autofocus></p>${frame("?step=softmax&lang=en#step=softmax")}<p style="height: 3000px">text</p>`,
    );
    const before = await entries(driver);
    await driver.eventually(async () => {
      const numbers = await driver.evaluate(
        () =>
          document
            .querySelector("iframe")
            ?.contentDocument?.querySelector("cross-entropy-demo")
            ?.shadowRoot?.querySelectorAll("input[data-cell]").length,
      );
      assert.equal(numbers, 9);
    });
    assert.deepEqual(await driver.evaluate(() => [document.activeElement?.getAttribute("aria-label"), scrollY]), [
      "mine",
      0,
    ]);
    await driver.evaluate(() => {
      const root = document.querySelector("iframe")?.contentDocument?.querySelector("cross-entropy-demo")?.shadowRoot;
      const input = root?.querySelector<HTMLInputElement>("input[data-cell]");
      if (!input) throw new Error("no input");
      for (const value of ["2", "3"]) {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.blur();
        input.focus({ preventScroll: true });
      }
    });
    await driver.eventually(async () =>
      assert.match(
        await driver.evaluate(() => document.querySelector("iframe")?.contentWindow?.location.hash ?? ""),
        /x=3,0\.58806/,
      ),
    );
    assert.equal(await entries(driver), before);
    assert.equal(await driver.evaluate(() => scrollY), 0);
  });

  test("computes nothing before it is near", async ({ driver }) => {
    const told = () => driver.evaluate(() => (globalThis as unknown as { told: number[] }).told);
    await driver.openArticle(`<script>
        told = [];
        addEventListener("message", ({ data }) => told.push(data["celoss-height"]));
      </script><p style="height: 6000px">far</p>${frame("?step=softmax&lang=en")}`);
    const running = () =>
      driver.evaluate(() =>
        Boolean(
          document
            .querySelector("iframe")
            ?.contentDocument?.querySelector("cross-entropy-demo")
            ?.shadowRoot?.querySelector("section"),
        ),
      );
    await driver.eventually(async () =>
      assert.ok(
        await driver.evaluate(() =>
          Boolean(document.querySelector("iframe")?.contentDocument?.querySelector("cross-entropy-demo")?.shadowRoot),
        ),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await running(), false);
    assert.deepEqual(await told(), []);
    await driver.evaluate(() => document.querySelector("iframe")?.scrollIntoView());
    await driver.eventually(async () => assert.ok(await running()));
    await driver.eventually(async () => assert.ok((await told()).length > 0));
  });

  for (const way of ["srcdoc", "blob"] as const) {
    test(`by ${way} reads its settings from attributes`, async ({ driver }) => {
      await driver.openArticle(`<iframe title="celoss" sandbox="allow-scripts" width="680" height="900"></iframe>`);
      await driver.evaluate(async (how: string) => {
        const page = await (await fetch("/index.html")).text();
        const html = page.replace(
          "<cross-entropy-demo>",
          '<cross-entropy-demo step="log" x="1,2;3,4" y="0,1" lang="en">',
        );
        const frame = document.querySelector("iframe");
        if (!frame) return;
        (globalThis as unknown as { height: number }).height = 0;
        addEventListener("message", ({ data }) => {
          (globalThis as unknown as { height: number }).height = data["celoss-height"];
        });
        if (how === "srcdoc") frame.srcdoc = html;
        else frame.src = URL.createObjectURL(new Blob([html], { type: "text/html" }));
      }, way);
      // An opaque frame cannot be looked into; what it says of its height shows that it runs.
      await driver.eventually(async () => {
        const height = await driver.evaluate(() => (globalThis as unknown as { height: number }).height);
        assert.ok(height > 600 && height < 2500, String(height));
      });
    });
  }
});

/** What the preview shows, also below what of it is in sight. It can be looked at and not be used, so it has no roles
 * and names. */
function preview(page: Driver): Promise<string> {
  return page.evaluate(() => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    return root?.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".page")?.textContent ?? "";
  });
}

test.describe("the dialog", () => {
  test("shows what an article will show, and gives the code for it", async ({ driver }) => {
    await openDialog(driver, "frame");
    // The preview is a page in the page, and may say again what stands behind the dialog.
    assert.deepEqual(
      (await driver.violations()).filter((violation) => !violation.startsWith("landmark-unique")),
      [],
    );
    await driver.eventually(async () => assert.match(await preview(driver), /0\.2689\s+0\.7311/));
    assert.match(
      await code(driver),
      /^<iframe src="http:\/\/[^"]*\/index\.html\?step=softmax&amp;lang=en#v=1&amp;x=1,2;3,4&amp;y=0,1&amp;counted=1,2" title="nn\.CrossEntropyLoss: softmax" loading="lazy" allow="clipboard-write" width="100%" height="\d{3,4}" style="border: 0"><\/iframe>$/,
    );
    await driver.click({ role: "checkbox", name: "log" });
    await driver.click({ role: "checkbox", name: "formula" });
    await driver.click({ role: "checkbox", name: "Numbers stay as they are" });
    await driver.click({ ...on.radio("Dark"), in: { role: "dialog", name: "Embed in an article" } });
    await choose(driver, "中文");
    await driver.eventually(async () => {
      const text = await preview(driver);
      assert.match(text, /取对数不改变顺序/);
      assert.doesNotMatch(text, /加一个样本|Add a sample/);
    });
    assert.match(await code(driver), /\?step=softmax,log&amp;hide=formula&amp;readonly=1&amp;theme=dark&amp;lang=zh#/);
    assert.deepEqual(await driver.errors(), []);
  });

  test("asks where it goes, and offers what can go there", async ({ driver }) => {
    await openDialog(driver, "element");
    await choose(driver, "VitePress, VuePress");
    assert.match(
      await code(driver),
      /^\/\/ \.vuepress.*\nhead: \[\["script", .*\n\n.*\n<cross-entropy-demo v-pre step="softmax"/,
    );
    await choose(driver, "React, MDX");
    await on.isGone(driver, "radio", "frame that grows");
    await choose(driver, "Jupyter, Colab");
    assert.match(await code(driver), /^from IPython\.display import IFrame\nIFrame\("http.*", "100%", \d{3,4}\)$/);
    await choose(driver, "HTML, Hexo, Hugo, Jekyll, reveal.js");
    assert.match(await code(driver), /^<script type="module"/);
    assert.deepEqual(await driver.errors(), []);
  });

  test("takes the address where the files will be", async ({ driver }) => {
    await openDialog(driver, "element");
    const field: Target = { role: "textbox", name: "Where the page’s files are" };
    for (const typed of [
      "blog.example/demo",
      "https://blog.example/demo",
      "https://blog.example/demo/",
      "https://blog.example/demo/index.html?a#b",
    ]) {
      await driver.fill(field, typed);
      await driver.press("Tab");
      assert.match(
        await code(driver),
        /^<script type="module" src="https:\/\/blog\.example\/demo\/cross-entropy-demo\.js"><\/script>\s<cross-entropy-demo step="softmax" lang="en" x="1,2;3,4" y="0,1" counted="1,2"><a href="https:\/\/blog\.example\/demo\/index\.html\?step=softmax&amp;lang=en#[^"]*">nn\.CrossEntropyLoss: softmax<\/a><\/cross-entropy-demo>$/,
      );
    }
  });

  test("takes no address that is not a page’s", async ({ driver }) => {
    await openDialog(driver, "element");
    const before = await code(driver);
    await driver.fill({ role: "textbox", name: "Where the page’s files are" }, "javascript:alert(1)");
    await driver.press("Tab");
    await says(
      driver,
      { role: "dialog", name: "Embed in an article" },
      "“Where the page’s files are” cannot be “javascript:alert(1)”, only a path or an address of http, https or file",
    );
    assert.equal(await code(driver), before);
  });

  test("needs no mouse, and gives the focus back", async ({ driver }) => {
    await driver.open("?step=softmax&lang=en");
    await regions(driver);
    await on.tabTo(driver, "button Copy");
    await driver.evaluate(() => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      root?.querySelector<HTMLElement>(".share-buttons button:last-child")?.focus();
    });
    await driver.press("Enter");
    await on.hasFocus(driver, "button Close");
    await on.tabTo(driver, "checkbox The question");
    await driver.press(" ");
    await driver.eventually(async () => assert.match(await preview(driver), /Why won’t the loss go to zero/));
    // Something is always shown: of two, one can go, and the other stays.
    const steps = ["The question", "softmax"].map((name): Target => ({ role: "checkbox", name }));
    for (const step of steps) await driver.click(step);
    assert.match(await code(driver), /\?step=softmax&/);
    await on.isChecked(driver, steps[1] as Target);
    await driver.click(on.button("The whole page"));
    assert.match(await code(driver), /\?lang=en"/);
    await driver.press("Escape");
    await on.isGone(driver, "dialog", "Embed in an article");
    await on.hasFocus(driver, "button Embed");
  });

  test.describe("in a sandbox", () => {
    test.use({ place: "sandbox" });
    test("lets its code be selected where it may not be copied", async ({ driver }) => {
      await driver.open("?step=softmax&lang=en");
      await driver.click(on.button("Embed"));
      const text = await code(driver);
      await driver.click({ ...on.button("Copy the code"), in: { role: "dialog", name: "Embed in an article" } });
      const said = await driver.eventually(async () => {
        const found = (await driver.names("button")).find((name) => /^(Copied|Selected)/.test(name));
        assert.ok(found);
        return found;
      });
      if (said !== "Copied") await driver.press("Control+c");
      const field: Target = { role: "textbox", name: "Where the page’s files are" };
      await driver.click(field);
      await driver.press("Control+a");
      await driver.press("Control+v");
      await driver.eventually(async () => assert.equal((await driver.text(field)).slice(0, 30), text.slice(0, 30)));
    });
  });
});

test.describe("the element", () => {
  const script = '<script type="module" src="/cross-entropy-demo.js"></script>';

  test("shows its parts in somebody else's page, each with numbers of its own", async ({ driver }) => {
    await driver.openArticle(`
      <style>html { font-size: 62.5% } body { max-width: 700px; margin: auto; letter-spacing: 0 }</style>
      <main><h1>An article</h1>
      <cross-entropy-demo step="softmax" x="1,2;3,4" y="0,1" lang="en">first</cross-entropy-demo>
      <cross-entropy-demo step="cross-entropy" x="0,0" y="1" lang="zh" theme="dark" readonly>second</cross-entropy-demo></main>${script}`);
    const [first, second]: Target[] = [
      { role: "region", name: "2 softmax" },
      { role: "region", name: "6 cross_entropy" },
    ];
    assert.ok(first && second);
    await showsMatrix(driver, "p = softmax(x)", rows("0.2689 0.7311", "0.2689 0.7311"), first);
    await shows(driver, { ...on.button("cross_entropy: 0.6931"), in: second }, "0.6931");
    await driver.fill({ ...on.entry(0, 0), in: first }, "2");
    await showsMatrix(driver, "p = softmax(x)", rows("0.5000 0.5000", "0.2689 0.7311"), first);
    await shows(driver, { ...on.button("cross_entropy: 0.6931"), in: second }, "0.6931");
    assert.equal(await driver.evaluate(() => location.hash + location.search.replace(/\?page=\d+/, "")), "");
    assert.deepEqual(await driver.violations(), []);
    assert.deepEqual(await driver.errors(), []);
  });

  test("follows its attributes, and tells what it shows", async ({ driver }) => {
    await driver.openArticle(
      `<h1>An article</h1><cross-entropy-demo step="softmax" lang="en"></cross-entropy-demo>${script}`,
    );
    await showsMatrix(driver, "p = softmax(x)", rowsOf(plain.softmax));
    await driver.evaluate(() => {
      const demo = document.querySelector("cross-entropy-demo");
      const told: unknown[] = [];
      Object.assign(globalThis, { told });
      demo?.addEventListener("celoss-change", (event) => told.push((event as CustomEvent).detail));
      demo?.setAttribute("x", "0,0;1,1");
      demo?.setAttribute("lang", "zh");
    });
    await showsMatrix(driver, "p = softmax(x)", rows("0.5000 0.5000", "0.5000 0.5000"));
    await says(driver, { role: "region", name: "2 softmax" }, "softmax 把一行 logits 变成概率");
    await driver.fill({ role: "textbox", name: "x，样本 0，类别 0" }, "1");
    await showsMatrix(driver, "p = softmax(x)", rows("0.7311 0.2689", "0.5000 0.5000"));
    const told = await driver.evaluate(() =>
      (globalThis as unknown as { told: { hash: string; entry: boolean }[] }).told.at(-1),
    );
    // All of it: who gets it knows nothing of the attributes here.
    assert.match(told?.hash ?? "", /^v=1&x=1,0;1,1&y=0,1&dtype=float32&reduction=mean&/);
    assert.equal(told?.entry, true);
    await driver.evaluate(() => {
      Object.assign(document.querySelector("cross-entropy-demo") ?? {}, { hash: "x=3,3;4,4" });
    });
    await showsMatrix(driver, "p = softmax(x)", rows("0.5000 0.5000", "0.5000 0.5000"));
  });

  test("shows its own content until it runs, and wears the article’s colours", async ({ driver }) => {
    await driver.openArticle(`
      <style>cross-entropy-demo { --celoss-paper: rgb(1, 2, 3); } cross-entropy-demo::part(heading) { color: rgb(200, 0, 0); }</style>
      <h1>An article</h1><p style="height: 6000px"></p>
      <cross-entropy-demo step="softmax" lang="en"><p>The fallback</p></cross-entropy-demo>${script}`);
    const fallback = () =>
      driver.evaluate(() => document.querySelector("cross-entropy-demo p")?.getClientRects().length);
    await driver.eventually(async () => assert.equal(await fallback(), 1));
    await driver.evaluate(() => scrollTo(0, 6000));
    const heading: Target = { role: "heading", name: "2 softmax" };
    await driver.eventually(async () => assert.equal(await driver.style(heading, "color"), "rgb(200, 0, 0)"));
    assert.equal(await fallback(), 0);
    const paper = await driver.evaluate(() => {
      const page = document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".page");
      return page ? getComputedStyle(page).backgroundColor : "";
    });
    assert.equal(paper, "rgb(1, 2, 3)");
  });

  test("leads to a page by an address of one, and says so of any other", async ({ driver }) => {
    await driver.openArticle(
      `<h1>An article</h1><cross-entropy-demo step="softmax" lang="en" page="java&#10;script:alert(1)"></cross-entropy-demo>${script}`,
    );
    await says(
      driver,
      aboutLink(),
      "“page” cannot be “java\\u{a}script:alert(1)”, only a path or an address of http, https or file",
    );
    const links = () => driver.names("link");
    assert.deepEqual(
      (await links()).filter((name) => name.includes("whole page")),
      [],
    );
    await driver.evaluate(() => {
      Object.assign(document.querySelector("cross-entropy-demo") ?? {}, { page: "/index.html" });
    });
    await driver.eventually(async () => {
      const href = await driver.attribute({ role: "link", name: "The whole page ↗" }, "href");
      assert.match(href ?? "", /^\/index\.html\?lang=en/);
    });
    await on.isGone(driver, "status", "What could not be read");
    await driver.evaluate(() => {
      Object.assign(document.querySelector("cross-entropy-demo") ?? {}, { page: "data:text/html,x" });
    });
    await says(driver, aboutLink(), "“page” cannot be “data:text/html,x”");
  });

  test("says what is wrong with its numbers in every language", async ({ driver }) => {
    await driver.openArticle(
      `<h1>An article</h1><cross-entropy-demo step="softmax" lang="en" x="1,a;2,3" y="0,1"></cross-entropy-demo>${script}`,
    );
    await says(driver, aboutLink(), "“a” is not a number", "“y” belongs to “x”");
    await showsMatrix(driver, "p = softmax(x)", rowsOf(plain.softmax));
    await driver.evaluate(() => document.querySelector("cross-entropy-demo")?.setAttribute("lang", "zh"));
    await says(driver, aboutLink("没读懂的设置"), "“a”不是数字", "“y”是跟着“x”的");
  });

  test("takes over the focus from its own content", async ({ driver }) => {
    await driver.openArticle(`
      <h1>An article</h1><p style="height: 6000px"><a href="#">before</a></p>
      <cross-entropy-demo step="softmax" lang="en"><p style="height: 3000px"></p><a href="#">The fallback</a></cross-entropy-demo>
      <p style="height: 6000px"></p>${script}`);
    await driver.evaluate(() => document.querySelector("a")?.focus({ preventScroll: true }));
    // What gets the focus comes into view, so the demo begins.
    await driver.press("Tab");
    await on.hasFocus(driver, "heading 2 softmax");
    const isInView = await driver.evaluate(() => {
      const heading = document.querySelector("cross-entropy-demo")?.shadowRoot?.activeElement?.getBoundingClientRect();
      return heading !== undefined && heading.top >= 0 && heading.bottom <= innerHeight;
    });
    assert.ok(isInView);
    await on.tabTo(driver, "textbox x, sample 0, class 0");
  });

  test("keeps the keys that it takes, and no others", async ({ driver }) => {
    await driver.openArticle(`<h1>Slides</h1><cross-entropy-demo lang="en"></cross-entropy-demo>
      <script>
        heard = [];
        for (const target of [document, window])
          for (const type of ["keydown", "keypress", "keyup"])
            target.addEventListener(type, ({ key }) => heard.push(key));
      </script>${script}`);
    await showsLoss(driver, "1.0646");
    /** What the slides hear of some keys. */
    const heardOf = async (...keys: string[]): Promise<string[]> => {
      await driver.evaluate(() => {
        (globalThis as unknown as { heard: string[] }).heard.length = 0;
      });
      for (const key of keys) await driver.press(key);
      const heard = await driver.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
      return [...new Set(heard)].filter((key) => !["Control", "Alt", "Shift"].includes(key));
    };
    await driver.click(on.entry(0, 0));
    const typed = ["Control+a", ".", "5", "Backspace", "5", "Home", "End", "Delete", "ArrowUp", "Enter", "ArrowLeft"];
    assert.deepEqual(await heardOf(...typed, "Control+z"), []);
    assert.deepEqual(await heardOf("Escape", "Tab"), ["Escape", "Tab"]);
    await driver.click(on.label(0, 0));
    assert.deepEqual(await heardOf("ArrowRight", " ", "b"), ["b"]);
    await driver.click(on.cell("p = softmax(x)", 2, 2));
    assert.deepEqual(await heardOf("ArrowRight", "ArrowDown", "Home", "Alt+ArrowDown"), []);
    await driver.click({ ...on.button("Embed"), in: on.steps.softmax });
    await on.hasFocus(driver, "button Close");
    assert.deepEqual(await heardOf("ArrowRight", "Escape"), []);
    await on.hasFocus(driver, "button Embed");
    assert.deepEqual(await heardOf("n"), ["n"]);
  });

  test("leaves the keys of the article alone", async ({ driver }) => {
    await driver.openArticle(
      `<h1>An article</h1><textarea aria-label="mine"></textarea><cross-entropy-demo lang="en"></cross-entropy-demo>${script}`,
    );
    await showsLoss(driver, "1.0646");
    const mine: Target = { role: "textbox", name: "mine" };
    await driver.fill(mine, "text");
    await driver.press("Alt+ArrowDown");
    // The demo would have gone to its second step, and taken the focus along. WebKit scrolls a little by itself.
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await driver.focused(), "textbox mine");
    await driver.fill(on.entry(0, 0), "2");
    await showsLoss(driver, "0.8702");
    // The browser's own undo goes back through all fields of a page, so the last one to change is this one.
    await driver.fill(mine, "more");
    await driver.press("Control+z");
    await showsLoss(driver, "0.8702");
  });
});
