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
    ["", "nothing 1:1"],
    ["[".repeat(1_000_000), "tooDeep 1:65"],
  ])("%.40j", (text, refusal) => {
    expect(refused(text)).toBe(refusal);
  });
});

it("reads in turns, says how far it is, and can be given up", async () => {
  const text = `[${"[1.5, 2.5], ".repeat(50_000)}]`;
  const seen: number[] = [];
  const reading = await readTextInTurns(text, { onProgress: (done) => seen.push(done) });
  expect(reading).toMatchObject({ kind: "understood", understood: { tensors: [{ shape: [50_000, 2] }] } });
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  const given = new AbortController();
  const onProgress = () => given.abort(new Error("enough"));
  await expect(readTextInTurns(text, { onProgress, signal: given.signal })).rejects.toThrow("enough");
});
