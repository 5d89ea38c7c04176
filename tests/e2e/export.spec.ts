// Taking it with you: what every export holds is read back and compared with what the page shows, where downloads and the
// clipboard work, and in a sandbox that blocks both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Driver } from "./driver.ts";
import type { Target } from "./finder.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";
import { cell, rowsOf, says, shows, showsLoss } from "./page.ts";

const { cases } = JSON.parse(readFileSync(new URL("../golden/note.json", import.meta.url), "utf8"));
const { printed } = cases.find((example: { name: string }) => example.name === "note_mean_float32");

/** Chromium says these on the console; the dialog says what to do instead. */
const refused = /Permissions policy violation: The Clipboard API has been blocked|Download is disallowed/;

/** The button of a step, by the step's name. */
const opener = (step: string): Target => ({
  ...on.button(/^(Take it with you|导出这一步)$/),
  in: step === "The question" ? on.steps.question : { role: "region", name: new RegExp(`^\\d ${step}$`) },
});
const dialog = (step: string): Target => ({ role: "dialog", name: `Take it with you: ${step}` });
const inDialog = (role: string, name: string | RegExp): Target => ({ role, name, in: { role: "dialog", name: /./ } });

async function open(page: Driver, step: string, ...choices: string[]): Promise<void> {
  // The charts come a frame after everything else, and move what is below them away from the mouse.
  await page.eventually(async () => {
    const charts = await page.evaluate(
      () => document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelectorAll("svg.chart").length ?? 0,
    );
    assert.ok(charts >= 3);
  });
  await page.click(opener(step));
  for (const choice of choices) await choose(page, choice);
}

async function choose(page: Driver, choice: string): Promise<void> {
  await page.click(inDialog("radio", choice));
  await on.isChecked(page, inDialog("radio", choice));
}

/** The text that stands in the dialog, with its white space. */
async function preview(page: Driver, file: string): Promise<string> {
  await page.text(inDialog("textbox", file));
  return page.evaluate(
    () =>
      document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector<HTMLTextAreaElement>(".export textarea")
        ?.value ?? "",
  );
}

/** Keeps the files that the page hands to the browser, instead of saving them. */
function keepFiles(page: Driver): Promise<void> {
  return page.evaluate(() => {
    const blobs = new Map<string, Blob>();
    const files: { name: string; url: string }[] = [];
    Object.assign(globalThis, { kept: { blobs, files } });
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      const url = create.call(URL, blob);
      blobs.set(url, blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      files.push({ name: this.download, url: this.href });
    };
  });
}

/** The name and the bytes of the file that was saved last. */
function savedFile(page: Driver): Promise<{ name: string; bytes: number[] }> {
  return page.evaluate(async () => {
    const { blobs, files } = (
      globalThis as unknown as { kept: { blobs: Map<string, Blob>; files: { name: string; url: string }[] } }
    ).kept;
    const { name, url } = files.at(-1) ?? { name: "none", url: "" };
    const buffer = await blobs.get(url)?.arrayBuffer();
    return { name, bytes: [...new Uint8Array(buffer ?? new ArrayBuffer(0))] };
  });
}

/** The contents of the texts of an SVG, after it has proved to be one. */
async function textsOf(page: Driver, svg: string): Promise<string[]> {
  const texts = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    const errors = [...parsed.querySelectorAll("parsererror, foreignObject, style, script")];
    if (errors.length > 0) return errors.map(({ localName }) => localName);
    return [...parsed.querySelectorAll("text")].map((text) => text.textContent ?? "");
  }, svg);
  assert.doesNotMatch(svg, /NaN|undefined|null|Infinity/);
  return texts;
}

const isNumber = (text: string) => /^-?\d+\.\d+$/.test(text);

for (const place of ["http", "sandbox"] as const) {
  test.describe(place, () => {
    test.use({ place });
    test.afterEach(async ({ driver }) => {
      assert.deepEqual(
        (await driver.errors()).filter((error) => !refused.test(error)),
        [],
      );
    });

    test("gives every matrix of a step in every format", async ({ driver }) => {
      const expected = {
        x: [printed.logits, [0.74594, 0.58806, 0.47946, 0.2894, 0.05678, 0.34387, 0.61236, 0.75584, 0.43084]],
        p: [printed.plain.softmax, null],
      } as const;
      await driver.open("?lang=en");
      await open(driver, "softmax", "numbers");
      for (const [tensor, [shown, values]] of Object.entries(expected)) {
        await choose(driver, tensor);
        for (const [format, extension, start, end] of [
          ["CSV", "csv", "", "\n"],
          ["NumPy", "py", `import numpy as np\n\n${tensor} = np.array([`, "], dtype=np.float32)\n"],
          ["LaTeX", "tex", "% \\usepackage{amsmath}\n\\begin{bmatrix}", "\\end{bmatrix}\n"],
          ["PyTorch", "py", `import torch\n\n${tensor} = torch.tensor([`, "])\n"],
        ] as const) {
          await choose(driver, format);
          for (const digits of ["all", "as shown"]) {
            await choose(driver, digits);
            const text = await preview(driver, `celoss-${tensor}.${extension}`);
            assert.ok(text.startsWith(start) && text.endsWith(end), text);
            const numbers = text.slice(start.length, -end.length).match(/-?\d+\.\d+/g) ?? [];
            const four = rowsOf(shown).flat();
            if (digits === "as shown") assert.deepEqual(numbers, four);
            else {
              assert.deepEqual(
                numbers.map((number) => Number(number).toFixed(4)),
                four,
              );
              if (values) assert.deepEqual(numbers.map(Number), values);
            }
          }
        }
      }
    });

    test("draws a figure and a step as SVG with their numbers as text", async ({ driver }) => {
      await driver.open("?lang=en");
      await open(driver, "softmax", "picture", "SVG");
      const svg = await preview(driver, "celoss-softmax.svg");
      const numbers = [...rowsOf(printed.logits), ...rowsOf(printed.plain.softmax)].flat();
      assert.deepEqual((await textsOf(driver, svg)).filter(isNumber), numbers);
      assert.match(svg, /<title>2 softmax<\/title>/);
      assert.match(svg, /<desc>celoss: [^<]*x = torch\.tensor\(\[\s*\[0\.74594, 0\.58806/);
      await choose(driver, "the whole step");
      const step = await textsOf(driver, await preview(driver, "celoss-softmax-step.svg"));
      assert.deepEqual(step.filter(isNumber), numbers);
      for (const text of [
        "softmax",
        "p = torch.softmax(x, dim=1)",
        "𝑝",
        "Each row is one whole, cut into its classes.",
      ]) {
        assert.ok(step.includes(text), `${text} is not in ${step}`);
      }
      assert.ok(!step.includes("Copy") && !step.includes("as the core computes it"));
      // Its pieces by themselves; the bars have no numbers.
      await choose(driver, "matrices");
      assert.deepEqual(
        (await textsOf(driver, await preview(driver, "celoss-softmax-1.svg"))).filter(isNumber),
        numbers,
      );
      await choose(driver, "bars");
      assert.deepEqual((await textsOf(driver, await preview(driver, "celoss-softmax-2.svg"))).filter(isNumber), []);
    });

    test("draws every step", async ({ driver }) => {
      await driver.open("?lang=en");
      await showsLoss(driver, "1.0646");
      for (const [step, id, ...numbers] of [
        ["The question", "question", "0.6243", "0.5514", "1.0986"],
        ["The data", "data", ...rowsOf(printed.logits).flat()],
        ["log", "log", ...rowsOf(printed.plain.log_of_softmax).flat()],
        ["log_softmax", "log-softmax", ...rowsOf(printed.plain.log_softmax).flat()],
        ["nll_loss", "nll-loss", "-3.1938", "1.0646"],
        ["cross_entropy", "cross-entropy", "0.9632", "1.2794", "0.9512", "1.0646"],
        ["No softmax in front", "lesson", ...rowsOf(printed.softmax_in_front.grad_logits).flat(), "1.0840"],
        ["Labels start at 0", "labels", "1", "2", "3", "Target 3 is out of bounds."],
      ] as const) {
        await open(driver, step);
        const texts = await textsOf(driver, await preview(driver, `celoss-${id}.svg`));
        for (const number of numbers) assert.ok(texts.includes(number), `${number} is not in ${step}: ${texts}`);
        await driver.press("Escape");
      }
    });

    test("makes a PNG of twice the size", async ({ driver }) => {
      await driver.open("?lang=en");
      await keepFiles(driver);
      await open(driver, "softmax", "SVG");
      const svg = await preview(driver, "celoss-softmax.svg");
      await choose(driver, "PNG");
      await driver.eventually(async () => {
        const image = await driver.attribute(inDialog("img", "softmax"), "src");
        assert.match(image ?? "", /^blob:/);
      });
      await driver.click(inDialog("button", "Download"));
      const { name, bytes } = await savedFile(driver);
      assert.equal(name, "celoss-softmax.png");
      const png = Buffer.from(bytes);
      assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)?.map(Number) ?? [];
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * (width ?? 0), 2 * (height ?? 0)]);
      // The pixels of the bars, which are the classes' colours, and the paper around them.
      const colors = await driver.evaluate(async (file) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(file)], { type: "image/png" }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        const counts: Record<string, number> = {};
        for (let i = 0; i < data.length; i += 4) {
          const color = `${data[i]} ${data[i + 1]} ${data[i + 2]}`;
          counts[color] = (counts[color] ?? 0) + 1;
        }
        return Object.entries(counts)
          .sort(([, a], [, b]) => b - a)
          .slice(0, 4)
          .map(([color]) => color);
      }, bytes);
      if (place === "sandbox") {
        await says(driver, dialog("softmax"), "downloads are not allowed here", "take its SVG");
        assert.equal(await preview(driver, "celoss-softmax.svg"), svg);
      }
      assert.equal(colors[0], "255 253 248");
      assert.deepEqual(colors.slice(1).sort(), ["0 114 178", "0 145 106", "213 94 0"]);
    });

    test("saves text as it is shown, and says so where it may not", async ({ driver }) => {
      await driver.open("?lang=en");
      await keepFiles(driver);
      await open(driver, "nll_loss", "PyTorch script");
      const script = await preview(driver, "celoss.py");
      assert.match(script, /^# celoss.*\nimport math\n\nimport torch\n[\s\S]*loss = nn\.NLLLoss\(\)\(log_p, y\)\n/);
      await driver.click(inDialog("button", "Download"));
      const { name, bytes } = await savedFile(driver);
      assert.equal(name, "celoss.py");
      assert.equal(Buffer.from(bytes).toString(), script);
      if (place === "sandbox") await says(driver, dialog("nll_loss"), "downloads are not allowed here", "copy it");
      const selected = await driver.evaluate(() => {
        const area = document
          .querySelector("cross-entropy-demo")
          ?.shadowRoot?.querySelector<HTMLTextAreaElement>(".export textarea");
        return area ? area.selectionEnd - area.selectionStart : -1;
      });
      assert.equal(selected, place === "sandbox" ? script.length : 0);
    });

    test("copies what is shown, or selects it", async ({ driver }) => {
      await driver.open("?lang=en");
      await driver.fill(on.entry(0, 0), "2");
      await driver.press("Enter");
      await open(driver, "The data", "numbers", "x", "PyTorch");
      await driver.click(inDialog("button", "Copy"));
      await driver.eventually(async () =>
        assert.match(await driver.text(inDialog("status", "")), /^(Copied|Selected)/),
      );
      if ((await driver.text(inDialog("status", ""))) !== "Copied") await driver.press("Control+c");
      await driver.press("Escape");
      await driver.press("Control+z");
      await showsLoss(driver, "1.0646");
      await driver.click(on.entry(0, 0));
      await driver.press("Control+v");
      await says(driver, on.steps.data, "Pasted 3 × 3 numbers.");
      await showsLoss(driver, "0.8702");
    });
  });
}

test("opens by keyboard, closes with Escape, and gives the focus back", async ({ driver }) => {
  await driver.open("?lang=en#log");
  await showsLoss(driver, "1.0646");
  await driver.click(cell("log_p = log(p)", 0, 0));
  await on.tabTo(driver, "button Take it with you");
  await driver.press("Enter");
  await on.hasFocus(driver, "heading Take it with you: log");
  await on.tabTo(driver, "button Close");
  await on.tabTo(driver, "radio picture");
  await driver.press("ArrowRight");
  await on.hasFocus(driver, "radio numbers");
  await on.isChecked(driver, inDialog("radio", "log_p"));
  await on.tabTo(driver, "button Download");
  await driver.press("Escape");
  await on.isGone(driver, "dialog", "Take it with you: log");
  await on.hasFocus(driver, "button Take it with you");
  // It opens again with what was chosen last.
  await driver.press("Enter");
  await on.isChecked(driver, inDialog("radio", "numbers"));
  await driver.click(inDialog("button", "Close"));
  await on.hasFocus(driver, "button Take it with you");
});

test("waits for numbers that the labels decide", async ({ driver }) => {
  await driver.open("?lang=en");
  await driver.click(on.button("Remove class 0"));
  await open(driver, "nll_loss", "numbers");
  const radios = await driver.names("radio");
  assert.ok(radios.includes("log_p") && !radios.includes("picked") && !radios.includes("loss_by_hand"), String(radios));
  await choose(driver, "PyTorch script");
  assert.match(await preview(driver, "celoss.py"), /try:\n {4}loss = nn\.NLLLoss\(\)\(log_p, y\)\nexcept IndexError/);
});

test.describe("in a frame as high as its content", () => {
  test.use({ place: "sandbox" });
  test("opens beside its button", async ({ driver, engine }) => {
    // WebKit's screen has no room for one.
    const height = engine === "webkit" ? 1000 : 3000;
    await driver.resize(1280, height);
    await driver.open("?lang=en");
    for (const [step, id] of [
      ["The question", "question"],
      ["The data", "data"],
      ["Labels start at 0", "labels"],
    ] as const) {
      await open(driver, step);
      await driver.eventually(async () => {
        const [top = -1, bottom = -1, button = -1] = await driver.evaluate((id) => {
          const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
          const box = root?.querySelector(".export[open]")?.getBoundingClientRect();
          const opener = root?.querySelector(`#${id} .share-buttons`)?.getBoundingClientRect();
          return [box?.top, box?.bottom, opener?.top];
        }, id);
        assert.ok(
          top >= 0 && bottom <= height && Math.abs((top + bottom) / 2 - button) < 500,
          `${top} ${bottom} ${button}`,
        );
      });
      await driver.press("Escape");
    }
  });
});

test("fits a narrow phone", async ({ driver }) => {
  await driver.resize(320, 600);
  for (const lang of ["zh", "en"]) {
    await driver.open(`?lang=${lang}`);
    await open(driver, "softmax");
    for (const choice of lang === "en" ? ["picture", "numbers", "PyTorch script"] : ["图", "数据", "PyTorch 脚本"]) {
      await choose(driver, choice);
      const excess = await driver.evaluate(() => {
        const sheet = document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".export");
        return sheet ? sheet.scrollWidth - sheet.clientWidth : -1;
      });
      assert.equal(excess, 0, choice);
    }
  }
});

for (const theme of ["light", "dark"]) {
  test(`axe has nothing to say of the dialog, ${theme}`, async ({ driver }) => {
    await driver.open(`?lang=en&theme=${theme}`);
    await open(driver, "softmax");
    for (const choice of ["picture", "PNG", "numbers", "PyTorch script"]) {
      await choose(driver, choice);
      assert.deepEqual(await driver.violations(), [], choice);
    }
  });
}

test("draws in the colours of the theme, and in Chinese", async ({ driver }) => {
  await driver.open("?lang=zh&theme=dark");
  await open(driver, "nll_loss");
  const svg = await preview(driver, "celoss-nll-loss.svg");
  const texts = await textsOf(driver, svg);
  assert.match(svg, /lang="zh-CN"/);
  assert.match(svg, /<rect [^>]*fill="#14140f"\/>/);
  assert.ok(texts.includes("标签处的 log_p") && texts.includes("1.0646"), String(texts));
  await shows(driver, inDialog("button", "下载"), "下载");
});
