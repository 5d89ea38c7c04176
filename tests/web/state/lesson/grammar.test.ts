import { expect, it } from "vitest";
import { parseLabels, parseLogits } from "../../../../web/src/state/lesson/grammar.ts";

it("takes 1 to 8 samples of 2 to 10 classes", () => {
  const text = (rows: number, columns: number) => `${"0 ".repeat(columns)}\n`.repeat(rows);
  for (const [rows, columns] of [
    [1, 2],
    [8, 10],
  ] as const) {
    expect(parseLogits(text(rows, columns)).ok).toBe(true);
  }
  for (const [rows, columns] of [
    [9, 3],
    [3, 1],
    [3, 11],
    [100, 100],
  ] as const) {
    expect(parseLogits(text(rows, columns))).toEqual({ ok: false, problem: { kind: "size", rows, columns } });
  }
});

it("finds no logits in a text without numbers", () => {
  expect(parseLogits("")).toMatchObject({ ok: false, problem: { kind: "refused", refusal: { kind: "nothing" } } });
});

it("says what is wrong with the matrix before it says that it is too large", () => {
  const problem = { kind: "refused", refusal: { kind: "notANumber", details: { token: "abc" } } };
  expect(parseLogits(`abc ${"0 ".repeat(20)}`)).toMatchObject({ ok: false, problem });
});

it("takes labels however they are written", () => {
  for (const text of [
    "0, 2, 1",
    "0 2 1",
    "tensor([0, 2, 1])",
    "[[0], [2], [1]]",
    "0\n2\n1",
    "array([0, 2, 1], dtype=uint8)",
  ]) {
    expect(parseLabels(text)).toEqual([0, 2, 1]);
  }
  for (const text of ["", "a", "1.5", "[[0, 1], [1, 0]]", "tensor([0., 1.])", "tensor([0]) * 2", "[0] [1]"]) {
    expect(parseLabels(text)).toBeNull();
  }
});
