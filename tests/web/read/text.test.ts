import { describe, expect, it } from "vitest";
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
    ["\nColumns 0 to 1\n 1  2\n\nColumns 2 to 3\n 3  4\n[torch.FloatTensor of size 1x4]", "blocks 2:1"],
    ["\n(0 ,.,.) = \n 1  2\n\n(1 ,.,.) = \n 3  4\n[torch.FloatTensor of size 2x1x2]", "blocks 2:1"],
    [" 1  2\n[torch.FloatTensor of size 2x2]", "shape 1:2"],
  ])("is refused: %j", (text, refusal) => {
    expect(refused(text)).toBe(refusal);
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

it("does not choose between the two sides of a condition", () => {
  expect(refused("tensor([[1.5, 2.], [3., 4.]]) if a else b")).toBe("unexpected 1:31");
});
