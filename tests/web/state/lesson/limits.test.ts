import { expect, it } from "vitest";
import { parseLogits } from "../../../../web/src/state/lesson/limits.ts";

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
  expect(parseLogits("")).toEqual({ ok: false, problem: { kind: "size", rows: 0, columns: 0 } });
});

it("says what is wrong with the matrix before it says that it is too large", () => {
  const problem = { kind: "notANumber", token: "abc", row: 0 };
  expect(parseLogits(`abc ${"0 ".repeat(20)}`)).toEqual({ ok: false, problem });
});
