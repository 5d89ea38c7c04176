import { describe, expect, it } from "vitest";
import { asJson } from "../../../web/src/cli/report.ts";
import { ran, rules, stuck } from "./world.ts";

const x = "tensor([[0.7000, 0.2000, 0.1000],\n        [0.1000, 0.8000, 0.1000]])";
const y = "tensor([0, 1])";
const data = (brought: { data: ArrayLike<number> | ArrayLike<bigint> } | null | undefined) =>
  Array.from((brought?.data ?? []) as ArrayLike<number>, Number);

describe("celoss diagnose", () => {
  it("prints sentences, and exits with 1 for a warning", async () => {
    const { status, out, err } = await ran("diagnose x.txt y.txt", { "x.txt": x, "y.txt": y });
    expect([status, err]).toEqual([1, ""]);
    expect(out).toBe(`logits  float32 [4, 3], classes on axis 1, printed to 4 decimals
labels  int64 [4], class indices
loss    0.6243 ± 0.0001 (mean, divided by 4), accuracy 75 %

warning A softmax in front of the loss  softmax-in-front
  These rows are softmax output already, and cross_entropy takes a softmax of its own: with 3 classes the loss cannot go below 0.5514, however right the predictions are.
  · All 4 rows sum to 1, within 0.0001; rounding explains up to 0.0002.
  · Of ordinary logits, fewer than one batch in 10¹² looks like that.
  · Behind a softmax, every loss lies between 0.5514 and 1.5514.
  nn.CrossEntropyLoss has a softmax inside. What a second one hands it lies between 0 and 1, so no logit is ever more than 1 above another; the best row is (1, 0, 0, …), and its loss is L₀ = ln(1 + (C − 1)/e).
  - loss = F.cross_entropy(F.softmax(logits, dim=1), y)
  + loss = F.cross_entropy(logits, y)
  With this the loss would be 0.0434.

Not checked, because the numbers do not say: whether it is the loss your training prints.
`);
  });

  it("prints one JSON object", async () => {
    const { status, out } = await ran("diagnose x.txt y.txt --json", { "x.txt": x, "y.txt": y });
    expect(status).toBe(1);
    const { findings, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ ...stuck, findings: undefined });
    expect(findings[0].proof.top).toBe("inf");
    expect(
      asJson({ ...stuck, loss: { ...(stuck.loss as NonNullable<typeof stuck.loss>), value: Number.NaN } }),
    ).toContain('"value": "nan"');
  });

  it("speaks Chinese", async () => {
    const { out } = await ran("diagnose x.txt y.txt --lang zh", { "x.txt": x, "y.txt": y });
    expect(out).toContain("警告 损失前面多了一层 softmax");
  });

  it("exits with 0 where there are notes only", async () => {
    const healthy = { ...stuck, verdict: "healthy", findings: [] } as const;
    const { status, out } = await ran("diagnose x.txt y.txt", { "x.txt": x, "y.txt": y }, {}, healthy);
    expect(status).toBe(0);
    expect(out).toContain("Nothing wrong here");
  });

  it("hands on what was read and said", async () => {
    const { brought } = await ran("diagnose - --loss 0.62 --reduction sum --ignore-index -1", { "-": `${x}\n${y}` });
    expect(data(brought?.logits).length).toBe(6);
    expect(data(brought?.target)).toEqual([0, 1]);
    expect(brought).toMatchObject({ loss: { value: 0.62, decimals: 2 }, reduction: "sum", ignoreIndex: -1 });
  });

  it("takes arrays by their names", async () => {
    const files = {
      "all.json": '{"a": [[1.5, 2.5], [0.5, 1.0]], "b": [[0.5, 2.0], [0.25, 1.0]], "c": [0, 1], "d": [1, 1]}',
    };
    const { brought } = await ran("diagnose all.json --logits b --labels d", files);
    expect(data(brought?.logits)).toEqual([0.5, 2, 0.25, 1]);
    expect(data(brought?.target)).toEqual([1, 1]);
    const wrong = await ran("diagnose all.json --logits e", files);
    expect([wrong.status, wrong.out]).toEqual([2, ""]);
    expect(wrong.err).toContain("there is no array e, only a [2, 2], b [2, 2], c [2] and d [2]");
  });

  it("looks a loss up without files", async () => {
    const { brought } = await ran("diagnose --loss 1.4612 --classes 10 --accuracy 99%");
    expect(brought).toMatchObject({ loss: { value: 1.4612 }, classes: 10, accuracy: { value: 0.99 } });
  });

  it("reads a sentence", async () => {
    const { brought } = await ran("diagnose -", { "-": "my loss is stuck at 1.4612, C = 10, accuracy 99 %" });
    expect(brought).toMatchObject({ loss: { value: 1.4612 }, classes: 10, accuracy: { value: 0.99 }, logits: null });
  });

  it("reads an error's text, for which no core is needed", async () => {
    const load = () => Promise.reject(new Error("loaded"));
    const { status, out } = await ran(
      "diagnose log.txt --json",
      { "log.txt": "IndexError: Target -1 is out of bounds." },
      { load },
    );
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: "0.1.0",
      verdict: "padding-label",
      read: { logits: null, target: null },
      loss: null,
    });
    expect(rules).toContain("padding-label");
    const { out: sentences } = await ran(
      "diagnose log.txt",
      { "log.txt": "IndexError: Target -1 is out of bounds." },
      { load },
    );
    expect(sentences).toContain("  The error: Target -1 is out of bounds\n");
  });

  it("says what an error's text says beside tensors, before or behind them", async () => {
    const error = 'Traceback (most recent call last):\n  File "a.py", line 1\nIndexError: Target 2 is out of bounds.';
    const healthy = { ...stuck, verdict: "healthy", findings: [] } as const;
    for (const text of [`${x}\n${error}`, `${x}\n${y}\n${error}`, `${error}\n${x}`]) {
      const { status, out, brought } = await ran("diagnose - --json", { "-": text }, {}, healthy);
      expect([status, data(brought?.logits).length]).toEqual([1, 6]);
      expect(JSON.parse(out)).toMatchObject({ verdict: "label-out-of-range", read: healthy.read });
      expect(JSON.parse(out).findings[0].proof).toMatchObject({ label: 2, classes: 3 });
    }
  });

  it("says what to do about two tensors alike without names", async () => {
    const { status, err } = await ran("diagnose -", { "-": `${x}\n${x}` });
    expect(status).toBe(2);
    expect(err).toContain("bring two files, logits first, or write names: logits = …, target = …");
  });

  it.each([
    ["an unknown option", "diagnose x.txt --los 1", "celoss: there is no option --los\nSee celoss --help\n"],
    ["no such file", "diagnose z.txt", "celoss: cannot open z.txt: ENOENT: no such file or directory\n"],
    ["a text that is no numbers", "diagnose bad.txt", 'celoss: cannot read bad.txt: "'],
    ["a print that is cut", "diagnose cut.txt", "celoss: cannot read cut.txt: the print is cut"],
    ["labels alone", "diagnose y.txt", "celoss: "],
    ["weights that are words", "diagnose x.txt y.txt --weight words.csv", "celoss: words cannot be weights\n"],
    [
      "another number of classes",
      "diagnose x.txt y.txt --classes 5",
      "celoss: --classes is 5, and the logits have 3\n",
    ],
    ["two weights", "diagnose x.txt y.txt --weight all.json", "celoss: all.json should hold one array"],
  ])("%s: exits with 2, and prints nothing", async (_, line, message) => {
    const files = {
      "x.txt": x,
      "y.txt": y,
      "bad.txt": "abc def",
      "words.csv": "cat\ndog\ncat\n",
      "cut.txt": "tensor([[1., ..., 2.]])",
      "all.json": '{"a": [1, 2], "b": [1, 2]}',
    };
    const { status, out, err } = await ran(line, files);
    expect([status, out]).toEqual([2, ""]);
    expect(err.replace(/[“”]/g, '"')).toContain(message);
    expect(err).not.toMatch(/undefined|\[object/);
  });

  it("asks where there are two ways to read", async () => {
    const { status, err } = await ran("diagnose x.csv", { "x.csv": "0,1,2\n1.5,-2.25,0.3\n0.1,2,3" });
    expect(status).toBe(2);
    expect(err).toContain("it can be read in more than one way:");
  });

  it("shows help and version", async () => {
    expect((await ran("--version")).out).toBe("0.1.0\n");
    const { status, out } = await ran("diagnose --help");
    expect(status).toBe(0);
    for (const option of [
      "--loss",
      "--accuracy",
      "--classes",
      "--reduction",
      "--weight",
      "--ignore-index",
      "--label-smoothing",
      "--class-axis",
      "--logits",
      "--labels",
      "--json",
      "--lang",
    ]) {
      expect(out).toContain(option);
    }
  });

  it.each([
    ["a terminal", {}, true, true],
    ["a pipe", {}, false, false],
    ["NO_COLOR", { NO_COLOR: "1" }, true, false],
    ["FORCE_COLOR", { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, true, false],
    ["a dumb terminal", { TERM: "dumb" }, true, false],
  ])("colours of %s", async (_, environment, out, isColoured) => {
    const world = { environment, isTerminal: { out, err: false } };
    const printed = await ran("diagnose x.txt y.txt", { "x.txt": x, "y.txt": y }, world);
    expect(printed.out.includes("\u001b[33mwarning")).toBe(isColoured);
    expect(printed.err).toBe("");
  });
});
