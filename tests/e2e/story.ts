// The story as a reader walks it: in every engine, in every place, by what is seen and heard.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Driver } from "./driver.ts";
import type { Target } from "./finder.ts";
import * as on from "./page.ts";
import {
  cell,
  columnOf,
  rows,
  rowsOf,
  says,
  saysNot,
  shows,
  showsLabels,
  showsLoss,
  showsMatrix,
  showsX,
} from "./page.ts";

interface Step {
  name: string;
  walk(page: Driver): Promise<void>;
}

/** What PyTorch prints of every intermediate of the note's example. */
const { cases } = JSON.parse(readFileSync(new URL("../golden/note.json", import.meta.url), "utf8"));
const { printed } = cases.find((example: { name: string }) => example.name === "note_mean_float32");
const { plain, softmax_in_front: front } = printed;

/** The names of what holds the note's numbers, in both languages. */
const inBothLanguages = [
  {
    lang: "en",
    title: "celoss: Why won’t the loss go to zero?",
    steps: on.steps,
    label: "Label of sample",
    picked: "log_p at the label",
    losses: "loss per sample",
    byHand: "loss by hand",
    frontLoss: "loss with softmax in front",
  },
  {
    lang: "zh",
    title: "celoss: 损失为什么降不到零？",
    steps: {
      softmax: { role: "region", name: "2 softmax" },
      logSoftmax: { role: "region", name: "4 log_softmax" },
      crossEntropy: { role: "region", name: "6 cross_entropy" },
      lesson: { role: "region", name: "7 前面不要加 softmax" },
    },
    label: "样本",
    picked: "标签处的 log_p",
    losses: "每个样本的损失",
    byHand: "自己实现的损失",
    frontLoss: "前面加了 softmax 的损失",
  },
];

const numbersOfTheNote: Step[] = inBothLanguages.map((names) => ({
  name: `opens with every number that the note prints, in ${names.lang}`,
  async walk(page) {
    await page.open(`?lang=${names.lang}`);
    await page.eventually(async () => assert.equal(await page.evaluate(() => document.title), names.title));
    await showsX(page, rowsOf(printed.logits));
    const labels = (await page.names("radiogroup")).filter((name) => name.includes(names.label));
    for (const [row, picked] of [0, 1, 1].entries()) {
      const choice: Target = {
        role: "radio",
        name: String(picked),
        in: { role: "radiogroup", name: labels[row] ?? "" },
      };
      await on.isChecked(page, choice);
    }
    await showsMatrix(page, "x", rowsOf(printed.logits), names.steps.softmax);
    await showsMatrix(page, "p = softmax(x)", rowsOf(plain.softmax));
    await showsMatrix(page, "log_p = log(p)", rowsOf(plain.log_of_softmax));
    await showsMatrix(page, "log_softmax(x)", rowsOf(plain.log_softmax));
    await showsMatrix(page, "log(softmax(x))", rowsOf(plain.log_of_softmax));
    await showsMatrix(page, names.picked, columnOf(plain.picked));
    await showsMatrix(page, names.losses, columnOf(plain.losses), names.steps.crossEntropy);
    for (const [name, place] of [
      [names.byHand, undefined],
      ["nll_loss", undefined],
      ["cross_entropy", names.steps.crossEntropy],
      ["cross_entropy", names.steps.lesson],
    ] as const) {
      const loss: Target = { role: "button", name: `${name}: 1.0646` };
      await shows(page, place ? { ...loss, in: place } : loss, "1.0646");
    }
    await shows(page, on.button(`${names.frontLoss}: 1.0840`), "1.0840");
  },
}));

export const story: Step[] = [
  ...numbersOfTheNote,
  {
    name: "stops at 0.5514 with softmax in front, and goes to 0 without",
    async walk(page) {
      const loss: Target = { role: "status", name: "", in: on.steps.question };
      await page.open("?lang=en");
      await says(page, on.steps.question, "three right answers", "every prediction is right", "ln 3 = 1.0986");
      await on.isChecked(page, on.radio("CrossEntropyLoss(softmax(x))"));
      await page.click(on.slider);
      await page.press("Home");
      await shows(page, loss, "1.0325");
      await page.press("End");
      await shows(page, loss, "0.5514");
      await says(page, on.steps.question, "the loss stops at 0.5514. Now it is 0.5514.", "L₀");
      await on.isThere(page, "img", "The loss on its axis: 0.5514");
      await page.click(on.radio("CrossEntropyLoss(x)"));
      await shows(page, loss, "0.0000");
      await says(page, on.steps.question, "closer the loss comes to 0. Now it is 0.0000.");
      await saysNot(page, on.steps.question, "L₀");
      await page.click(on.radio("CrossEntropyLoss(softmax(x))"));
      await shows(page, loss, "0.5514");
    },
  },
  {
    name: "takes a number that is typed, and takes it back",
    async walk(page) {
      await page.open("?lang=en");
      for (const name of ["Undo", "Redo", "Back to the note"]) await on.isEnabled(page, name, false);
      // The click has selected the whole number.
      await page.click(on.entry(0, 0));
      await page.type("2");
      await showsMatrix(
        page,
        "x",
        rows("2.0000 0.5881 0.4795", "0.2894 0.0568 0.3439", "0.6124 0.7558 0.4308"),
        on.steps.softmax,
      );
      await showsMatrix(
        page,
        "p = softmax(x)",
        rows("0.6839 0.1666 0.1495", "0.3511 0.2782 0.3707", "0.3346 0.3863 0.2791"),
      );
      await showsMatrix(
        page,
        "log_p = log(p)",
        rows("-0.3800 -1.7919 -1.9005", "-1.0468 -1.2794 -0.9923", "-1.0947 -0.9512 -1.2762"),
      );
      await showsMatrix(page, "log_p at the label", rows("-0.3800", "-1.2794", "-0.9512"));
      await showsLoss(page, "0.8702");
      await page.press("Control+z");
      await showsMatrix(page, "p = softmax(x)", rowsOf(plain.softmax));
      await showsLoss(page, "1.0646");
      await page.press("Control+Shift+z");
      await showsLoss(page, "0.8702");
      await page.click(on.button("Undo"));
      await showsLoss(page, "1.0646");
      await page.click(on.button("Redo"));
      await showsLoss(page, "0.8702");
      await page.click(on.button("Back to the note"));
      await showsX(page, rowsOf(printed.logits));
      await showsLoss(page, "1.0646");
      await on.isEnabled(page, "Back to the note", false);
    },
  },
  {
    name: "takes a number by arrow keys and by dragging",
    async walk(page) {
      await page.open("?lang=en");
      await page.click(on.entry(0, 0));
      await shows(page, on.entry(0, 0), "0.74594");
      await page.press("ArrowUp");
      await shows(page, on.entry(0, 0), "0.84594");
      await showsMatrix(
        page,
        "p = softmax(x)",
        rows("0.4055 0.3134 0.2811", "0.3511 0.2782 0.3707", "0.3346 0.3863 0.2791"),
      );
      await showsLoss(page, "1.0444");
      await page.press("ArrowDown");
      await showsLoss(page, "1.0646");
      await page.press("Shift+ArrowUp");
      await shows(page, on.entry(0, 0), "1.74594");
      await page.press("Control+z");
      await showsLoss(page, "1.0646");
      // Ten steps of six pixels, and a half against rounding.
      await page.drag(on.entry(1, 1), 63);
      await shows(page, on.entry(1, 1), "0.1568");
      await showsMatrix(
        page,
        "p = softmax(x)",
        rows("0.3817 0.3259 0.2924", "0.3411 0.2987 0.3602", "0.3346 0.3863 0.2791"),
      );
      await showsLoss(page, "1.0409");
      await page.drag(on.entry(1, 1), -63);
      await shows(page, on.entry(1, 1), "0.0568");
      await page.press("Control+z");
      await showsLoss(page, "1.0409");
      await page.press("Control+z");
      await showsLoss(page, "1.0646");
      await on.isEnabled(page, "Undo", false);
    },
  },
  {
    name: "moves the ring and the loss with the label",
    async walk(page) {
      await page.open("?lang=en");
      await showsLabels(page, [0, 1, 1]);
      await says(page, on.steps.data, "The largest logit of row 1 is not at the label: that prediction is wrong.");
      await page.click(on.label(0, 2));
      await showsLabels(page, [2, 1, 1]);
      await on.hasAttribute(page, cell("p = softmax(x)", 0, 0), "data-target", null);
      await on.hasAttribute(page, cell("x, y", 0, 2), "data-target", "");
      await on.hasAttribute(page, cell("x, y", 0, 0), "data-target", null);
      await showsMatrix(page, "log_p at the label", rows("-1.2297", "-1.2794", "-0.9512"));
      await showsLoss(page, "1.1534");
      await says(
        page,
        on.steps.data,
        "The largest logit of rows 0 and 1 is not at the label: those predictions are wrong.",
      );
      await page.press("Control+z");
      await showsLabels(page, [0, 1, 1]);
      await showsLoss(page, "1.0646");
    },
  },
  {
    name: "adds and removes samples and classes within limits",
    async walk(page) {
      await page.open("?lang=en");
      const note = rowsOf(plain.softmax);
      await page.click(on.button("+ Add a sample"));
      await showsMatrix(page, "p = softmax(x)", [...note, ["0.3333", "0.3333", "0.3333"]]);
      await showsLoss(page, "1.0731");
      await page.click(on.entry(0, 0));
      await page.paste("0 1\n".repeat(7));
      await page.eventually(async () => assert.equal((await page.cells("p = softmax(x)")).length, 7));
      await page.click(on.button("+ Add a sample"));
      await on.isEnabled(page, "+ Add a sample", false);
      await page.eventually(async () => assert.equal((await page.cells("p = softmax(x)")).length, 8));
      await page.click(on.entry(0, 0));
      await page.paste("0 ".repeat(9));
      await page.click(on.button("+ Add a class"));
      await on.isEnabled(page, "+ Add a class", false);
      await showsMatrix(page, "p = softmax(x)", [Array.from({ length: 10 }, () => "0.1000")]);
      await showsLoss(page, "2.3026");
      await page.click(on.button("Back to the note"));
      await page.click(on.button("Remove sample 2"));
      await page.click(on.button("Remove sample 1"));
      await showsMatrix(page, "p = softmax(x)", note.slice(0, 1));
      await showsLoss(page, "0.9632");
      await on.isEnabled(page, "Remove sample 0", false);
      await page.click(on.button("Remove class 2"));
      await on.isEnabled(page, "Remove class 0", false);
      await on.isEnabled(page, "Remove class 1", false);
    },
  },
  {
    name: "says so when the class of a label is removed",
    async walk(page) {
      await page.open("?lang=en");
      await page.click(on.button("Remove class 0"));
      await says(
        page,
        on.steps.data,
        "The class that was the label of sample 0 is gone. Pick another label, or undo.",
        "IndexError: Target 2 is out of bounds.",
        "The label of sample 0 is 2, but there are 2 classes: 0 to 1.",
      );
      await showsMatrix(page, "p = softmax(x)", rows("0.5271 0.4729", "0.4287 0.5713", "0.5805 0.4195"));
      await showsMatrix(page, "log_p at the label", rows("–", "–", "–"));
      await showsLoss(page, "–");
      await page.click(on.label(0, 1));
      await showsLoss(page, "0.7132");
      await saysNot(page, on.steps.data, "IndexError");
      await page.click(on.button("Undo"));
      await showsLoss(page, "–");
      await page.click(on.button("Undo"));
      await showsLabels(page, [0, 1, 1]);
      await showsLoss(page, "1.0646");
    },
  },
  {
    name: "keeps wrong input as it was typed, and the last good result",
    async walk(page) {
      await page.open("?lang=en");
      await page.fill(on.entry(0, 0), "2");
      await page.press("Enter");
      for (const [typed, explanation] of [
        ["", "Sample 0, class 0: This cell is empty. Until it holds a number, its last one counts."],
        ["abc", "Sample 0, class 0: “abc” is not a number. Until it is one, the last good value counts."],
      ] as const) {
        await page.fill(on.entry(0, 0), typed);
        await says(page, on.steps.data, explanation);
        await page.press("Enter");
        await shows(page, on.entry(0, 0), typed);
        await on.hasAttribute(page, on.entry(0, 0), "aria-invalid", "true");
        await showsLoss(page, "0.8702");
      }
      await page.fill(on.entry(0, 0), "1e39");
      await says(page, on.steps.data, "Sample 0, class 0: “1e39” is inf in float32, as in PyTorch.");
      await page.press("Enter");
      await shows(page, on.entry(0, 0), "inf");
      await on.hasAttribute(page, on.entry(0, 0), "aria-invalid", "false");
      await showsLoss(page, "nan");
      await page.fill(on.entry(0, 0), "0.74594");
      await showsLoss(page, "1.0646");
      await on.hasAttribute(page, on.entry(0, 0), "aria-invalid", "false");
      await saysNot(page, on.steps.data, "Sample 0, class 0:");
    },
  },
  {
    name: "takes a pasted matrix, and refuses a ragged one in PyTorch’s words",
    async walk(page) {
      await page.open("?lang=en");
      await page.click(on.entry(0, 0));
      await page.paste(
        "tensor([[ 1.0000,  2.0000,  3.0000],\n        [-1.0000,  0.0000,  1.0000],\n        [ 0.5000,  0.2500,  0.1250]])",
      );
      await says(page, on.steps.data, "Pasted 3 × 3 numbers.");
      await showsMatrix(
        page,
        "p = softmax(x)",
        rows("0.0900 0.2447 0.6652", "0.0900 0.2447 0.6652", "0.4055 0.3158 0.2787"),
      );
      await showsLoss(page, "1.6559");
      await page.paste("1\t2\t3\t4\n4\t3\t2\t1\n");
      await says(page, on.steps.data, "Pasted 2 × 4 numbers. No labels came along: those from before stand");
      const pasted = rows("0.0321 0.0871 0.2369 0.6439", "0.6439 0.2369 0.0871 0.0321");
      await showsMatrix(page, "p = softmax(x)", pasted);
      await showsLabels(page, [0, 1]);
      await showsLoss(page, "2.4402");
      await page.paste("tensor([[1., 2., 3.],\n        [4., 5.]])");
      await says(page, on.steps.data, "expected sequence of length 3 at dim 1 (got 2)", "x is as it was");
      await page.paste("tensor([[1., 2.], [3., 4.]]) * 100");
      await says(page, on.steps.data, "“* 100” would change the numbers", "(line 1, column 30)", "print(x.tolist())");
      await showsMatrix(page, "p = softmax(x)", pasted);
      await page.press("Control+z");
      await page.press("Control+z");
      await showsMatrix(page, "x", rowsOf(printed.logits), on.steps.softmax);
    },
  },
  {
    name: "takes labels that are pasted with their matrix, and asks where there are two ways to read one",
    async walk(page) {
      await page.open("?lang=en");
      await page.click(on.entry(0, 0));
      await page.paste("[[1.5, 2.], [0.1, 3.]] [0 1]");
      await says(page, on.steps.data, "Pasted 2 × 2 numbers. Their labels came along.");
      await showsLabels(page, [0, 1]);
      await saysNot(page, on.steps.labels, "IndexError");
      const before = await page.cells("p = softmax(x)");
      await page.paste("1,5;-2,25;0,3");
      await says(page, on.steps.data, "The commas may be decimal points, or part numbers. Which is it?");
      assert.deepEqual(await page.cells("p = softmax(x)"), before);
      await page.click(on.button("decimal commas: (3)"));
      await says(page, on.steps.data, "Pasted 1 × 3 numbers.");
      await shows(page, on.entry(0, 1), "-2.2500");
      await page.click(on.counted(0));
      await page.paste("0, 2, 1");
      await says(page, on.steps.labels, "as many labels as samples are needed, 1, and there are 3");
      await shows(page, on.counted(0), "0");
    },
  },
  {
    name: "makes the random x that torch.rand makes, in both dtypes and reductions",
    async walk(page) {
      await page.open("?lang=en");
      await page.click(on.button("Random x"));
      await showsX(page, rows("0.4963 0.7682 0.0885", "0.1320 0.3074 0.6341", "0.4901 0.8964 0.4556"));
      await says(page, on.steps.data, "torch.manual_seed(0) x = torch.rand((3, 3))", "for seed 0, bit for bit");
      await showsLoss(page, "1.0331");
      await page.click(on.radio("float64"));
      await page.click(on.button("Random x"));
      await showsX(page, rows("0.9701 0.7078 0.4594", "0.9207 0.6450 0.7911", "0.1786 0.3511 0.5813"));
      await says(page, on.steps.data, "torch.manual_seed(0) x = torch.rand((3, 3), dtype=torch.float64)");
      await showsLoss(page, "1.0799");
      await page.hover(cell("p = softmax(x)", 0, 0));
      await says(page, on.steps.softmax, "(float64)");
      await page.click(on.radio("sum"));
      await showsLoss(page, "3.2397");
      await says(page, on.steps.crossEntropy, 'nn.CrossEntropyLoss(reduction="sum")(x, y)');
      await page.click(on.radio("none"));
      const losses = async () => (await page.names("button")).filter((name) => name.startsWith("nll_loss: "));
      await page.eventually(async () =>
        assert.deepEqual(await losses(), ["nll_loss: 0.8626", "nll_loss: 1.2455", "nll_loss: 1.1315"]),
      );
      await says(page, on.steps.crossEntropy, "With reduction “none” the losses stay one per sample.");
      await page.click(on.radio("mean"));
      await showsLoss(page, "1.0799");
    },
  },
  {
    name: "shows where log(softmax(x)) and log_softmax(x) part",
    async walk(page) {
      await page.open("?lang=en");
      await says(page, on.steps.logSoftmax, "=", "Digit for digit the same, to the four decimals shown.");
      await page.click(on.button("Make them differ"));
      await page.eventually(async () =>
        assert.deepEqual((await page.cells("log(softmax(x))"))[0], ["0.0000", "-inf", "-inf"]),
      );
      await page.eventually(async () =>
        assert.deepEqual((await page.cells("log_softmax(x)"))[0], ["0.0000", "-105.0000", "-105.1086"]),
      );
      await says(page, on.steps.logSoftmax, "≠", "the two-step way says -inf, the one-step way still knows the number");
      await page.click(on.button("Put it back"));
      await showsMatrix(page, "log(softmax(x))", rowsOf(plain.log_of_softmax));
      await showsMatrix(page, "log_softmax(x)", rowsOf(plain.log_softmax));
      await saysNot(page, on.steps.logSoftmax, "≠");
    },
  },
  {
    name: "answers where a number comes from",
    async walk(page) {
      const formula = "exp(0.7459) / (exp(0.7459) + exp(0.5881) + exp(0.4795)) = 0.3817";
      const sentence = "exp of 0.7459, divided by the sum of exp of 0.7459, 0.5881 and 0.4795.";
      const isDimmed = async (target: Target) => Number(await page.style(target, "opacity")) < 0.5;
      await page.open("?lang=en");
      await page.tap(on.button("nll_loss: 1.0646"));
      await says(page, on.steps.nllLoss, "−((-0.9632) + (-1.2794) + (-0.9512)) / 3 = 1.0646");
      await page.press("Escape");
      await saysNot(page, on.steps.nllLoss, ") / 3 = 1.0646");

      await page.hover(cell("p = softmax(x)", 0, 0));
      await says(page, on.steps.softmax, formula, "all digits: 0.38167596 (float32)");
      await page.eventually(async () => assert.ok((await page.texts("status")).includes(sentence)));
      // What it is made of stays bright in the steps before, what is made from it in those after; the rest is dimmed.
      await page.eventually(async () => {
        assert.ok(await isDimmed({ ...cell("x", 1, 0), in: on.steps.softmax }));
        assert.ok(await isDimmed(cell("x, y", 1, 0)));
        assert.ok(await isDimmed(cell("log_p = log(p)", 0, 1)));
      });
      for (const bright of [
        ...[0, 1, 2].flatMap((column) => [{ ...cell("x", 0, column), in: on.steps.softmax }, cell("x, y", 0, column)]),
        cell("log_p = log(p)", 0, 0),
        on.button("loss by hand: 1.0646"),
      ]) {
        assert.ok(!(await isDimmed(bright)), JSON.stringify(bright));
      }

      await page.click(cell("p = softmax(x)", 0, 0));
      await page.press("ArrowRight");
      await on.hasFocus(page, "gridcell probability, sample 0, class 1: 0.3259");
      await says(page, on.steps.softmax, "exp(0.5881) / (exp(0.7459) + exp(0.5881) + exp(0.4795)) = 0.3259");
      await page.press("ArrowDown");
      await on.hasFocus(page, "gridcell probability, sample 1, class 1: 0.2782");
      await page.press("End");
      await on.hasFocus(page, "gridcell probability, sample 1, class 2: 0.3707");
      await page.press("Control+Home");
      await on.hasFocus(page, "gridcell probability, sample 0, class 0: 0.3817");
      await says(page, on.steps.softmax, formula);
      await page.press("Escape");
      await saysNot(page, on.steps.softmax, formula);
      await page.eventually(async () => assert.ok(!(await isDimmed(cell("x, y", 1, 0)))));
      await page.eventually(async () => assert.ok(!(await page.texts("status")).includes(sentence)));

      await page.click(on.radio("as the core computes it"));
      await showsMatrix(page, "max", columnOf(plain.row_max));
      await showsMatrix(page, "x − max", rowsOf(plain.shifted));
      await showsMatrix(page, "exp(x − max)", rowsOf(plain.exp));
      await showsMatrix(page, "sum", columnOf(plain.sum));
      await page.hover(cell("p = softmax(x)", 0, 0));
      await says(page, on.steps.softmax, "1.0000 / 2.6200 = 0.3817");
      await page.hover(cell("x − max", 0, 1));
      await says(page, on.steps.softmax, "0.5881 − 0.7459 = -0.1579");
    },
  },
  {
    name: "prints what PyTorch prints",
    async walk(page) {
      await page.open("?lang=en");
      const opened = () =>
        page.evaluate(
          () =>
            document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector("details[open] pre")?.textContent,
        );
      for (const [name, place, expected] of [
        ["print(x)", on.steps.data, printed.logits],
        ["print(y)", on.steps.data, printed.target],
        ["print(p)", on.steps.softmax, plain.softmax],
        ["print(log_p)", on.steps.log, plain.log_of_softmax],
        ["print(torch.log_softmax(x, dim=1))", on.steps.logSoftmax, plain.log_softmax],
        ["print(loss)", on.steps.nllLoss, plain.nll_loss],
        ["print(loss)", on.steps.crossEntropy, plain.loss],
      ] as const) {
        const summary = { ...on.button(name), in: place };
        await page.click(summary);
        await page.eventually(async () => assert.equal(await opened(), expected));
        await page.click(summary);
        await page.eventually(async () => assert.ok((await opened()) == null));
      }
    },
  },
  {
    name: "puts both pipelines side by side",
    async walk(page) {
      await page.open("?lang=en");
      await showsMatrix(page, "softmax(softmax(x))", rowsOf(front.softmax), on.steps.lesson);
      const gradients = (printedRows: string, name: string) =>
        rowsOf(printedRows).flatMap((row, sample) =>
          row.map((number, column) => `${name}, sample ${sample}, class ${column}: ${number}`),
        );
      await page.eventually(async () => {
        const cells = (await page.names("gridcell")).filter((name) => name.startsWith("gradient"));
        assert.deepEqual(cells, [
          ...gradients(plain.grad_logits, "gradient"),
          ...gradients(front.grad_logits, "gradient with softmax in front"),
        ]);
      });
      await says(
        page,
        on.steps.lesson,
        "For this x the two losses are 1.0646 and 1.0840.",
        "So close that nobody notices anything.",
        "Without the extra softmax the loss is 0.0000. With it 0.5514, and it will never be less than 0.5514.",
        "between L₀ = 0.5514 and L₀ + 1 = 1.5514",
      );
      for (const [without, behind] of [
        ["1.0646", "1.0840"],
        ["0.0000", "0.5514"],
      ]) {
        await on.isThere(page, "img", `The losses on one axis: ${without} without, ${behind} with softmax in front`);
      }
    },
  },
  {
    name: "tells labels that were counted from 1 from those that were not",
    async walk(page) {
      await page.open("?lang=en");
      await says(page, on.steps.labels, "IndexError: Target 3 is out of bounds.", "The label of sample 2 is 3");
      await page.click(on.button("Subtract 1"));
      for (const row of [0, 1, 2]) await shows(page, on.counted(row), String(row));
      await says(page, on.steps.labels, "y = torch.tensor([0, 1, 2])", "The loss is 1.1729.");
      await saysNot(page, on.steps.labels, "IndexError");
      await page.click(on.button("y = (1, 2, 2) no error, and wrong"));
      await says(page, on.steps.labels, "It says 1.1299 and no error.", "after subtracting 1 the loss is 1.0646");
      await saysNot(page, on.steps.labels, "IndexError");
      await page.fill(on.counted(0), "0");
      await page.press("Enter");
      await page.fill(on.counted(1), "5");
      await page.press("Enter");
      await says(
        page,
        on.steps.labels,
        "IndexError: Target 5 is out of bounds.",
        "The label of sample 1 is 5, and with 3 classes only 0 to 2 exist.",
        "one label is wrong",
      );
      await on.hasAttribute(page, on.counted(1), "aria-invalid", "true");
      await on.isGone(page, "button", "Subtract 1");
      await page.click(on.button("y = (1, 2, 3) an error"));
      await says(page, on.steps.labels, "IndexError: Target 3 is out of bounds.");
      await on.isThere(page, "button", "Subtract 1");
    },
  },
  {
    name: "switches language and theme where it stands",
    async walk(page) {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      await page.open("?lang=en&theme=light#lesson");
      await on.hasAttribute(page, on.link("7 No softmax in front"), "aria-current", "step");
      const light = await paper();
      await page.fill(on.entry(0, 0), "2");
      await page.click(on.button("中文"));
      await says(page, { role: "heading", name: "损失为什么降不到零？" }, "损失为什么降不到零？");
      await page.eventually(async () =>
        assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN"),
      );
      await shows(page, { role: "textbox", name: "x，样本 0，类别 0" }, "2.0000");
      await shows(page, on.button("自己实现的损失: 0.8702"), "0.8702");
      await page.click(on.radio("深色"));
      await page.eventually(async () => assert.notEqual(await paper(), light));
      const dark = await paper();
      await page.click(on.button("English"));
      await showsLoss(page, "0.8702");
      await page.open("?lang=zh&theme=dark");
      assert.equal(await paper(), dark);
      await on.isChecked(page, on.radio("深色"));
      await page.open("?lang=en&theme=light");
      assert.equal(await paper(), light);
    },
  },
  {
    name: "needs no mouse",
    async walk(page) {
      await page.open("?lang=en");
      await showsLoss(page, "1.0646");
      await on.tabTo(page, "radio Auto");
      await on.tabTo(page, "button 中文");
      await on.tabTo(page, "link 0 The question");
      await on.tabTo(page, "radio CrossEntropyLoss(softmax(x))");
      await page.press("ArrowLeft");
      await on.hasFocus(page, "radio CrossEntropyLoss(x)");
      await on.tabTo(page, "slider How sure is the network?");
      await page.press("End");
      await shows(page, { role: "status", name: "", in: on.steps.question }, "0.0000");

      await page.press("Alt+ArrowDown");
      await on.hasFocus(page, "heading 1 The data");
      await on.tabTo(page, "button Copy");
      await on.tabTo(page, "textbox x, sample 0, class 0");
      await page.type("2");
      await page.press("Enter");
      await on.hasFocus(page, "textbox x, sample 1, class 0");
      await page.press("ArrowRight");
      await on.hasFocus(page, "textbox x, sample 1, class 1");
      await page.press("Shift+Enter");
      await on.hasFocus(page, "textbox x, sample 0, class 1");
      await showsLoss(page, "0.8702");
      await on.tabTo(page, "radio 0");
      await page.press("ArrowRight");
      await page.press("ArrowRight");
      await showsLabels(page, [2, 1, 1]);
      await on.tabTo(page, "button + Add a sample");
      await on.tabTo(page, "radio float32");
      await on.tabTo(page, "button Undo");
      await page.press("Enter");
      await page.press("Enter");
      await showsLabels(page, [0, 1, 1]);
      await page.press("Control+z");
      await showsLoss(page, "1.0646");

      await page.press("Alt+ArrowDown");
      await on.hasFocus(page, "heading 2 softmax");
      await on.tabTo(page, "gridcell x, sample 0, class 0: 0.7459");
      await on.tabTo(page, "gridcell probability, sample 0, class 0: 0.3817");
      await page.press("ArrowDown");
      await says(page, on.steps.softmax, "exp(0.2894) / (exp(0.2894) + exp(0.0568) + exp(0.3439)) = 0.3511");
      await page.press("Escape");
      await saysNot(page, on.steps.softmax, "= 0.3511");
      await on.tabTo(page, "button print(p)");
      await page.press("Enter");
      await on.tabTo(page, "group print(p)");

      await page.press("Alt+ArrowUp");
      await on.hasFocus(page, "heading 1 The data");
    },
  },
  {
    name: "copies the PyTorch line, or selects it",
    async walk(page) {
      const line = "p = torch.softmax(x, dim=1)";
      const copy = (name: string): Target => ({ ...on.button(name), in: on.steps.softmax });
      await page.open("?lang=en");
      await page.click(copy("Copy"));
      const said = await page.eventually(async () => {
        const names = await page.names("button");
        const found = names.find((name) => name === "Copied" || name === "Selected. Copy it.");
        assert.ok(found);
        return found;
      });
      if (said !== "Copied") {
        assert.equal(await page.evaluate(() => String(getSelection())), line);
        await page.press("Control+c");
      }
      // It is code, and the page says what would have to be run: that was really in the clipboard.
      await page.click(on.entry(0, 0));
      await page.press("Control+v");
      await says(page, on.steps.data, "Not pasted: “torch.softmax(x, dim=1)” would have to be run");
    },
  },
];
