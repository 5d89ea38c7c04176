import { describe, expect, it } from "vitest";
import { batchOf } from "../../../web/src/read/batch.ts";
import { readText, readTextInTurns } from "../../../web/src/read/text.ts";
import { brief } from "./brief.ts";

function understood(text: string): string[] {
  const reading = readText(text);
  if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
  return reading.understood.tensors.map(brief);
}

function refused(text: string): string {
  const reading = readText(text);
  if (reading.kind !== "refused") throw new Error(`${reading.kind}: ${text}`);
  const { kind, place } = reading.refusal;
  return `${kind} ${place.line}:${place.column}`;
}

describe("several tensors", () => {
  it.each([
    ["tensor([[1.5, -2.25], [0.5, 3.]])\ntensor([0, 1])", ["float32 (2, 2): 1.5 -2.25 0.5 3", "int64 (2): 0 1"]],
    ["[[1.5,2.],[.5,3.]] [0 1]", ["float32 (2, 2): 1.5 2 0.5 3", "int64 (2): 0 1"]],
    ["([[1,2],[3,4]], [0,1])", ["int64 (2, 2): 1 2 3 4", "int64 (2): 0 1"]],
    ["[[[1.5,2.],[3.,4.]], [0,1]]", ["float32 (2, 2): 1.5 2 3 4", "int64 (2): 0 1"]],
    ["x, y = torch.tensor([1.]), torch.tensor([0])", ["x float32 (1): 1", "y int64 (1): 0"]],
    [
      '[{"logits": [1.5, 2], "label": 1}, {"logits": [0.5, 3], "label": 0}]',
      ["logits float32 (2, 2): 1.5 2 0.5 3", "label int64 (2): 1 0"],
    ],
    [
      '{"x": [1.5, 2], "y": "cat"}\n{"x": [0.5, 3], "y": "dog"}',
      ["x float32 (2, 2): 1.5 2 0.5 3", "y str (2): cat dog"],
    ],
    ["1.5,2.5,3.5\n0.5,4.5,5.5\n\n0\n1", ["float32 (2, 3): 1.5 2.5 3.5 0.5 4.5 5.5", "int64 (2): 0 1"]],
    ["logit,label\n1.5,1\n-2.5,0", ["logit float32 (2, 1): 1.5 -2.5", "label int64 (2): 1 0"]],
    ["loss,acc\n1.5,0.5", ["loss float32 (): 1.5", "acc float32 (): 0.5"]],
    ["c0,c1,label,weight\n1.5,2.5,0,1.5", ["float32 (2): 1.5 2.5", "label int64 (1): 0"]],
    ["label,c0,c1\n0,1.5,2.5\n1,0.5,3.5", ["float32 (2, 2): 1.5 2.5 0.5 3.5", "label int64 (2): 0 1"]],
    ["a;b\n1,5;2,5", ["float32 (2): 1.5 2.5"]],
    ["  a   b\n0  1.5  2\n1  2.5  3\n\n[2 rows x 2 columns]", ["float32 (2, 2): 1.5 2 2.5 3"]],
    ["0    1.5\n1    2.5\nName: logit, dtype: float64", ["float64! (2): 1.5 2.5"]],
    ["A =\n\n     1     2\n     3     4\n", ["A int64 (2, 2): 1 2 3 4"]],
    ["print(x)\ntensor([1.5])\nprint(y)\ntensor(0)", ["x float32 (1): 1.5", "y int64 (): 0"]],
    ["tensor([1.5, 2.5]) cuda:0", ["float32 (2): 1.5 2.5"]],
    ["x is [1.5, 2.5]. What is wrong? y is [0].", ["float32 (2): 1.5 2.5", "int64 (1): 0"]],
    ["tensor([1.5, 2.5]) 之后就是 nan", ["float32 (2): 1.5 2.5"]],
    ["loss: 1.5\nacc: 0.5\nclasses: 10", []],
    ["loss 1.5\nacc 0.5", []],
    ["loss: 2.303494  [   64/60000]\nloss: 1.463494  [ 6464/60000]", []],
    ["logits\n1.5\n-2.5", ["logits float32 (2, 1): 1.5 -2.5"]],
    ["[0.5, 0., -0., 0, 10, 1e-05]", ["float32 (6): 0.5 0 0 0 10 0.000009999999747378752"]],
    ['{"logits": [[1.5, 2]], "labels": [0]}', ["logits float32 (1, 2): 1.5 2", "labels int64 (1): 0"]],
  ])("of %j", (text, tensors) => {
    expect(understood(text)).toEqual(tensors);
  });
});

describe("an old print", () => {
  it.each([
    [
      "\n 0.7459  0.5881\n 0.2894  0.0568\n[torch.FloatTensor of size 2x2]\n",
      "float32! (2, 2): 0.7459 0.5881 0.2894 0.0568",
    ],
    ["Variable containing:\n 1  2\n[torch.cuda.LongTensor of size 1x2 (GPU 0)]", "int64! (1, 2): 1 2"],
    ["\n 1\n 2\n[torch.DoubleTensor of size 2]", "float64! (2): 1 2"],
    [
      "1.00000e-02 *\n-50.0  25.0\n 75.0  0.5\n[torch.DoubleTensor of size 2x2]",
      "float64! (2, 2): -0.5 0.25 0.75 0.005",
    ],
    [
      "\nColumns 0 to 1 \n1.00000e-02 *\n  50  25\n  75   5\n\nColumns 2 to 2 \n1.00000e-02 *\n  15\n  35\n[torch.FloatTensor of size 2x3]",
      "float32! (2, 3): 0.5 0.25 0.15 0.75 0.05 0.35",
    ],
    [
      "\n(0 ,.,.) = \n  1  2\n\n(1 ,.,.) = \n1.00000e+03 *\n   0.5  4.0\n[torch.FloatTensor of size 2x1x2]",
      "float32! (2, 1, 2): 1 2 500 4000",
    ],
    [
      "A =\n\n  1.0e+03 *\n\n  Columns 1 through 2\n\n  0.5  1\n\n  Column 3\n\n  2\n",
      "A float32 (1, 3): 500 1000 2000",
    ],
    ["x =\n\n   1.0e+03 *\n\n    0.0010    0.5\n    0.0030    4.0\n", "x float32 (2, 2): 1 500 3 4000"],
  ])("%j", (text, tensor) => {
    const reading = readText(text);
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    const [read, ...more] = reading.understood.tensors;
    const rounded =
      read && "stated" in read
        ? { ...read, data: Float64Array.from(read.data as Float32Array, (x) => Number(Number(x).toPrecision(7))) }
        : read;
    expect([brief(rounded as never), more.length]).toEqual([tensor, 0]);
  });

  it.each([
    ["A(:,:,1) =\n\n     1     2\n     3     4\n", "slices 1:1"],
    ["\nColumns 0 to 1 \n 1  2\n 5  6\n\nColumns 2 to 3 \n 3  4\n[torch.FloatTensor of size 2x4]", "shape 7:2"],
    ["\nColumns 0 to 2 \n 1  2\n[torch.FloatTensor of size 1x3]", "shape 3:2"],
    ["\n(0 ,.,.) = \n 1  2\n\n(2 ,.,.) = \n 3  4\n[torch.FloatTensor of size 3x1x2]", "shape 3:2"],
    [" 1  2\n[torch.FloatTensor of size 2x2]", "shape 1:2"],
  ])("is refused: %j", (text, refusal) => {
    expect(refused(text)).toBe(refusal);
  });
});

/** The ways to read it, each with its tensors. */
function asked(text: string): Record<string, string[]> {
  const reading = readText(text);
  if (reading.kind !== "question") throw new Error(`${reading.kind}: ${text}`);
  return Object.fromEntries(reading.ways.map(({ id, understood }) => [id, understood.tensors.map(brief)]));
}

describe("is asked", () => {
  it.each([
    [
      "1.5,2.5\n0.5,4.5\n\n0,1",
      {
        rows: ["float32 (3, 2): 1.5 2.5 0.5 4.5 0 1"],
        apart: ["float32 (2, 2): 1.5 2.5 0.5 4.5", "int64 (2): 0 1"],
      },
    ],
    [
      "1.5 -2.25 0.5 0\n0.5 2 3 1",
      {
        data: ["float32 (2, 4): 1.5 -2.25 0.5 0 0.5 2 3 1"],
        labels: ["float32 (2, 3): 1.5 -2.25 0.5 0.5 2 3", "int64 (2): 0 1"],
      },
    ],
    [
      "1.5,2.5\n0.5,4.5\n1,0",
      { data: ["float32 (3, 2): 1.5 2.5 0.5 4.5 1 0"], labels: ["float32 (2, 2): 1.5 2.5 0.5 4.5", "int64 (2): 1 0"] },
    ],
    [
      "0,1.5,2.5\n1,0.5,3.5",
      {
        data: ["float32 (2, 3): 0 1.5 2.5 1 0.5 3.5"],
        index: ["float32 (2, 2): 1.5 2.5 0.5 3.5"],
        labels: ["float32 (2, 2): 1.5 2.5 0.5 3.5", "int64 (2): 0 1"],
      },
    ],
    [
      "A = [1.5 -2.25 0.5\n     0.5 2 3];",
      { rows: ["A float32 (2, 3): 1.5 -2.25 0.5 0.5 2 3"], oneRow: ["A float32 (6): 1.5 -2.25 0.5 0.5 2 3"] },
    ],
  ])("%j", (text, ways) => {
    expect(asked(text)).toEqual(ways);
  });

  it.each([
    ["1.5,2.5\n\n0.5,4.5\n\n3,4", ["float32 (3, 2): 1.5 2.5 0.5 4.5 3 4"]],
    ["1.5 2 5\n0.5 3 7", ["float32 (2, 3): 1.5 2 5 0.5 3 7"]],
    [`[${" 1.25 2.25 3.25".repeat(5)}\n${" 4.25 5.25 6.25".repeat(5)}]`, [expect.stringMatching("float32 .30.")]],
  ])("but not %j", (text, tensors) => {
    expect(understood(text)).toEqual(tensors);
  });
});

describe("an error's text", () => {
  const x = "x = tensor([[1.5, 2.], [3., 4.]])\ny = tensor([0, 2])\n";
  const traceback = (last: string) =>
    `Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    loss = F.cross_entropy(x[0], y)\n${last}\n`;

  it.each([
    x + traceback("IndexError: Target 2 is out of bounds."),
    traceback("IndexError: Target 2 is out of bounds.") + x,
    `${x}IndexError: Target 2 is out of bounds.`,
    `${"-".repeat(75)}\nIndexError         Traceback (most recent call last)\nCell In[3], line 1\n----> 1 F.cross_entropy(x, y)\n\nIndexError: Target 2 is out of bounds.\n${x}`,
  ])("stands beside tensors: %j", (text) => {
    const reading = readText(text);
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    const { tensors, error, notices } = reading.understood;
    expect(tensors.map(brief)).toEqual(["x float32 (2, 2): 1.5 2 3 4", "y int64 (2): 0 2"]);
    expect([error?.id, notices]).toEqual(["target-out-of-bounds", []]);
  });

  it("says what beside it was not read", () => {
    const reading = readText(`y = f([1, 2])\n${traceback("IndexError: Target 2 is out of bounds.")}`);
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    expect(reading.understood.notices).toMatchObject([{ kind: "unread", details: { line: 1, column: 5 } }]);
  });

  it.each([
    ["IndexError: Target 3 is out of bounds.\n0.5,1.5\n2.5,3.5", ["float32 (2, 2): 0.5 1.5 2.5 3.5"], null],
    ["My loss is 1.46 and then I get IndexError: Target 3 is out of bounds.", [], 1.46],
  ])("takes nothing along of %j", (text, tensors, loss) => {
    const reading = readText(text);
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    expect(reading.understood.tensors.map(brief)).toEqual(tensors);
    expect(reading.understood.reported.loss?.value ?? null).toBe(loss);
    expect(reading.understood.error?.id).toBe("target-out-of-bounds");
  });

  it("has shapes, which are no tensors", () => {
    const text =
      "logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]";
    expect(understood(text)).toEqual([]);
  });

  it("that is not known is refused by its own line, or remarked beside tensors", () => {
    expect(refused(traceback("KeyError: 'a [1] b'"))).toBe("unknownError 4:1");
    const reading = readText(x + traceback("KeyError: 'a'"));
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    expect(reading.understood.tensors).toHaveLength(2);
    expect(reading.understood.notices).toMatchObject([{ kind: "unknownError", place: { line: 6, column: 1 } }]);
  });

  it("loses nothing behind a traceback without an end", () => {
    expect(understood(`Traceback (most recent call last):\n${x}`)).toHaveLength(2);
  });
});

describe("is refused", () => {
  it.each([
    ["tensor([[-1., 1.]]) * 100", "arithmetic 1:21"],
    ["tensor([[-1., 1.]]) / 255.", "arithmetic 1:21"],
    ["-tensor([[1., 2.]])", "arithmetic 1:1"],
    ["tensor([[1., 2.]]).softmax(1)", "call 1:19"],
    ["tensor([[1., 2.]]).T", "call 1:19"],
    ["tensor([[1., 2.]]).reshape(2, 3)", "call 1:19"],
    ["softmax([[1., 2.]])", "call 1:1"],
    ["tensor([[1., ..., 2.]])", "cut 1:14"],
    ["[[1, 2], [3]]", "ragged 1:10"],
    ["[[1,,2]]", "emptyCell 1:5"],
    ["1,,2", "emptyCell 1:3"],
    ["[1 -2, 3]", "mixedSeparators 1:6"],
    ["[1, None]", "missing 1:5"],
    ["x = [1, 2]; label1004.5:", "outside 1:13"],
    ["[[1,000.5, 2.0]]", "leadingZero 1:5"],
    ["[007, 1]", "leadingZero 1:2"],
    ["0.5,00\n1,2", "leadingZero 1:5"],
    ["[[1,234.5, 2.0]]", "thousands 1:4"],
    ["1,234.5, 2.0\n3.5, 4.0", "thousands 1:1"],
    ["1,234 5,678", "thousands 1:2"],
    ["x = 100 tensor([1., 2.])", "outside 1:5"],
    ["tensor([1., 2.]) times 100", "arithmetic 1:18"],
    ["tensor([1., 2.]) x 100", "arithmetic 1:18"],
    ["tensor([1., 2.]), then divided by 255", "arithmetic 1:19"],
    ["tensor([1., 2.]) 乘以 100", "arithmetic 1:18"],
    ["minus [1, 2]", "arithmetic 1:1"],
    ["[]", "empty 1:1"],
    ["Why can it be that my loss is 0.55-0.6?", "sentence 1:23"],
    ["准确率 99，loss 1.46", "sentence 1:1"],
    ["[[1.5, 2.], [3., 4.]] labels 0 1", "outside 1:23"],
    ["  0  1  \\\n0  1.5  2.5\n\n  2\n0  3.5", "wrapped 1:9"],
    ["x = tensor([[]])", "empty 1:5"],
    ["", "nothing 1:1"],
    ["[".repeat(1_000_000), "tooDeep 1:65"],
  ])("%.40j", (text, refusal) => {
    expect(refused(text)).toBe(refusal);
  });
});

it("reads in turns, says how far it is, and can be given up", async () => {
  const text = `[${"[1.5, 2.5], ".repeat(200_000)}]`;
  const seen: number[] = [];
  const reading = await readTextInTurns(text, { onProgress: (done) => seen.push(done) });
  expect(reading).toMatchObject({ kind: "understood", understood: { tensors: [{ shape: [200_000, 2] }] } });
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  const given = new AbortController();
  const onProgress = () => given.abort(new Error("enough"));
  await expect(readTextInTurns(text, { onProgress, signal: given.signal })).rejects.toThrow("enough");
});

describe("prompts", () => {
  it.each([
    ">>> x = torch.tensor([[1.5, 2.],\n...                   [3., 4.]])\n>>> y = torch.tensor([0, 1])",
    ">>> x = torch.tensor([\n...     [1.5, 2.],\n...     [3., 4.],\n... ])\n>>> y = torch.tensor([0, 1])",
    "In [1]: x = torch.tensor([[1.5, 2.],\n   ...:                   [3., 4.]])\nIn [2]: y = torch.tensor([0, 1])",
  ])("that continue %j", (text) => {
    expect(understood(text)).toEqual(["x float32 (2, 2): 1.5 2 3 4", "y int64 (2): 0 1"]);
  });

  it.each([
    ["[[1, 2],\n... [3, 4]]", "cut 2:1"],
    [">>> x\ntensor([[1, 2],\n        ...,\n        [3, 4]])", "cut 3:9"],
    [">>> x\narray([1, 2,\n ... 3])", "cut 3:2"],
  ])("are not what a cut print has: %j", (text, where) => {
    expect(refused(text)).toBe(where);
  });
});

describe("a table with more than logits and labels", () => {
  it.each([
    [
      "file,cat,dog,label\na.png,0.5,1.5,dog\nb.png,2.0,0.25,cat",
      ["float32 (2, 2): 0.5 1.5 2 0.25", "label str (2): dog cat"],
      ["file"],
    ],
    [
      "c0,c1,pred,label,loss\n1.5,-2.25,0,0,0.28\n.5,2,1,1,0.35",
      ["float32 (2, 2): 1.5 -2.25 0.5 2", "label int64 (2): 0 1"],
      ["pred", "loss"],
    ],
  ])("%j", (text, tensors, left) => {
    const reading = readText(text);
    if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
    expect(reading.understood.tensors.map(brief)).toEqual(tensors);
    const out = reading.understood.notices.filter(({ kind }) => kind === "leftOut");
    expect(out.map(({ details }) => details.text)).toEqual(left);
  });

  it.each([
    ["file,cat,dog,species\na.png,0.5,1.5,dog\nb.png,2.0,0.25,cat", "notANumber 1:1"],
    ['"1,234.5","2.0"\n"3","4"', "notANumber 1:2"],
  ])("%j, of which it does not say what it is", (text, where) => {
    expect(refused(text)).toBe(where);
  });
});

describe("labels that are words", () => {
  it.each([
    ["dog,cat,label\n1.5,0.2,dog\n0.1,2.0,cat", ["dog", "cat"], [0n, 1n]],
    ["p_dog,p_cat,label\n1.5,0.2,dog\n0.1,2.0,cat", ["dog", "cat"], [0n, 1n]],
    ["owl,dog,cat,label\n1.5,0.2,1.1,dog\n0.1,2.0,1.2,cat", ["owl", "dog", "cat"], [1n, 2n]],
    ["p0,p1,label\n1.5,0.2,dog\n0.1,2.0,cat", ["cat", "dog"], [1n, 0n]],
    ['{"classes": ["dog", "cat"], "logits": [[1.5, 2], [0.1, 2]], "labels": ["cat", "dog"]}', ["dog", "cat"], [1n, 0n]],
    ["true,pred,p_dog,p_cat\ndog,cat,0.3,0.7\ncat,cat,0.1,0.9", ["dog", "cat"], [0n, 1n]],
  ])("are counted as the classes are: %j", (text, words, labels) => {
    const reading = readText(text);
    const batching = reading.kind === "understood" ? batchOf(reading.understood) : null;
    if (batching?.kind !== "batch") throw new Error(text);
    expect([batching.batch.words, Array.from((batching.batch.target?.data ?? []) as BigInt64Array)]).toEqual([
      words,
      labels,
    ]);
  });
});

it.each([
  ["true,pred,p0,p1,p2\n0,1,0.25,0.5,0.25\n2,2,0.0,0.25,0.75", "true", "pred"],
  ["id,true,pred,p0,p1,p2\n7,0,1,0.25,0.5,0.25\n9,2,2,0.0,0.25,0.75", "true", "pred"],
  ["actual,predicted,p0,p1,p2\n0,1,0.25,0.5,0.25\n2,2,0.0,0.25,0.75", "actual", "predicted"],
])("takes what is true for labels, and what is predicted for nothing: %j", (text, name, left) => {
  const reading = readText(text);
  if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
  const { tensors, notices } = reading.understood;
  expect(tensors.map(brief)).toEqual(["float32 (2, 3): 0.25 0.5 0.25 0 0.25 0.75", `${name} int64 (2): 0 2`]);
  expect(notices.filter(({ kind }) => kind === "leftOut").map(({ details }) => details.text)).toEqual([left]);
});

it("takes a class that is called true for no labels", () => {
  expect(understood("false,true,label\n0.5,0.25,1\n0.5,0.75,0")).toEqual([
    "float32 (2, 2): 0.5 0.25 0.5 0.75",
    "label int64 (2): 1 0",
  ]);
});

describe("a loss", () => {
  it.each([
    ["tensor(1.5, grad_fn=<NllLossBackward0>)", ["loss float32 (): 1.5"]],
    ["tensor(0.5)", ["loss float32 (): 0.5"]],
    ["tensor(5)", ["int64 (): 5"]],
    ["[2,  2000] loss: 1.5", []],
  ])("is printed: %j", (text, tensors) => expect(understood(text)).toEqual(tensors));
});

it.each(["tensor([True, False])", "[True, False]", '{"y": [true, false]}'])(
  "takes %s for bool as it stands",
  (text) => {
    expect(understood(text)[0]).toMatch(/bool! \(2\): 1 0$/);
  },
);

describe("a shape printed beside its tensor", () => {
  it.each([
    "torch.Size([2, 2])\ntensor([[1.5, 2.], [3., 4.]])\ntorch.Size([2])\ntensor([0, 1])",
    "tensor([[1.5, 2.], [3., 4.]]) torch.Size([2, 2])\ntensor([0, 1]) torch.Size([2])",
  ])("is no tensor, and left out: %j", (text) => {
    expect(understood(text)).toEqual(["float32 (2, 2): 1.5 2 3 4", "int64 (2): 0 1"]);
  });

  it("may have a name", () => {
    const text =
      "logits: torch.Size([2, 2]) tensor([[1.5, 2.], [3., 4.]])\ny.shape = torch.Size([2])\ny = tensor([0, 1])";
    expect(understood(text)).toEqual(["logits float32 (2, 2): 1.5 2 3 4", "y int64 (2): 0 1"]);
  });
});

it.each([
  ["1 2", "\n"],
  ["1 2\n\n", " "],
  ["words in it ", "E"],
  ["words in it [", "1/"],
  ["words in it\n", "Traceback (most recent call last):\n"],
  ["", "(:,"],
])("does not take long over %j and very many %j", (text, more) => {
  const before = performance.now();
  readText(text + more.repeat(200_000 / more.length));
  expect(performance.now() - before).toBeLessThan(3000);
});

it("does not choose between the two sides of a condition", () => {
  expect(refused("tensor([[1.5, 2.], [3., 4.]]) if a else b")).toBe("unexpected 1:31");
});
