import { describe, expect, it } from "vitest";
import { isMatrix, parseMatrix } from "../../../web/src/read/matrix.ts";

const matrix = [
  ["0.7459", "0.5881", "0.4795"],
  ["0.2894", "0.0568", "0.3439"],
];

const wide = Array.from({ length: 2 }, (_, row) => Array.from({ length: 10 }, (_, c) => `${row}.${c}000`));
const wrapped = `tensor([[${wide.map((row) => `${row.slice(0, 9).join(", ")},\n         ${row[9]}`).join("],\n        [")}]])`;

describe("parseMatrix", () => {
  it.each([
    ["PyTorch prints it", "tensor([[0.7459, 0.5881, 0.4795],\n        [0.2894, 0.0568, 0.3439]])"],
    [
      "PyTorch prints it in float64",
      "tensor([[0.7459, 0.5881, 0.4795],\n        [0.2894, 0.0568, 0.3439]], dtype=torch.float64)",
    ],
    [
      "PyTorch prints it with a gradient on a device",
      "tensor([[0.7459, 0.5881, 0.4795],\n        [0.2894, 0.0568, 0.3439]], device='cuda:0',\n       grad_fn=<AddmmBackward0>)",
    ],
    ["it stands in code", "x = torch.tensor([[0.7459, 0.5881, 0.4795], [0.2894, 0.0568, 0.3439]])  # logits"],
    ["NumPy prints it", "[[0.7459 0.5881 0.4795]\n [0.2894 0.0568 0.3439]]"],
    ["NumPy represents it", "array([[0.7459, 0.5881, 0.4795],\n       [0.2894, 0.0568, 0.3439]], dtype=float32)"],
    ["Python writes lists", "[[0.7459, 0.5881, 0.4795], [0.2894, 0.0568, 0.3439]]"],
    [
      "JSON has it over many lines",
      "[\n  [\n    0.7459,\n    0.5881,\n    0.4795\n  ],\n  [0.2894,0.0568,0.3439]\n]\n",
    ],
    ["CSV has it", "0.7459,0.5881,0.4795\r\n0.2894,0.0568,0.3439\r\n"],
    ["a spreadsheet copies it", "0.7459\t0.5881\t0.4795\n0.2894\t0.0568\t0.3439\n"],
    ["it is typed with spaces", "  0.7459 0.5881   0.4795\n\n0.2894 0.0568 0.3439  "],
    ["it is typed in one line", "0.7459 0.5881 0.4795; 0.2894 0.0568 0.3439"],
    ["lines end in commas", "0.7459, 0.5881, 0.4795,\n0.2894, 0.0568, 0.3439,"],
    ["Chinese input writes lists", "【【0.7459，0.5881，0.4795】，【0.2894，0.0568，0.3439】】"],
    ["Chinese input writes full-width brackets", "［［0.7459、0.5881、0.4795］、［0.2894、0.0568、0.3439］］"],
    ["Chinese input writes one line", "0.7459，0.5881，0.4795；0.2894，0.0568，0.3439"],
  ])("reads it as %s", (_, text) => {
    expect(isMatrix(text)).toBe(true);
    expect(parseMatrix(text)).toEqual({ ok: true, rows: matrix });
  });

  it("reads rows that PyTorch wrapped", () => {
    expect(parseMatrix(wrapped)).toEqual({ ok: true, rows: wide });
  });

  it("reads a row as a matrix of one sample", () => {
    expect(parseMatrix("tensor([1., -2.])")).toEqual({ ok: true, rows: [["1.", "-2."]] });
    expect(parseMatrix("1 2 3")).toEqual({ ok: true, rows: [["1", "2", "3"]] });
  });

  it("keeps texts as they are, also inf, nan and what is too large", () => {
    expect(parseMatrix("[[inf, -inf, nan], [1e-3, 1e400, −1]]")).toEqual({
      ok: true,
      rows: [
        ["inf", "-inf", "nan"],
        ["1e-3", "1e400", "−1"],
      ],
    });
  });

  it.each(["", "\n", "[]", "[[]]", "tensor([], size=(0, 3))"])("finds nothing in %j", (text) => {
    expect(parseMatrix(text)).toEqual({ ok: true, rows: [] });
  });

  it("takes a matrix of any size", () => {
    expect(parseMatrix("0 ".repeat(100).concat("\n").repeat(100))).toMatchObject({ ok: true, rows: { length: 100 } });
    expect(parseMatrix("1\n2")).toEqual({ ok: true, rows: [["1"], ["2"]] });
  });

  it.each([
    ["[[1, 2], [3]]", { row: 1, got: 1, expected: 2 }],
    ["1 2\n3 4\n5 6 7", { row: 2, got: 3, expected: 2 }],
  ])("says that %j is ragged", (text, problem) => {
    expect(parseMatrix(text)).toEqual({ ok: false, problem: { kind: "ragged", ...problem } });
  });

  it.each([
    ["1, 2\n3, abc", { token: "abc", row: 1 }],
    ["loss,accuracy\n1,2", { token: "loss", row: 0 }],
    ["[[1, ..., 2]]", { token: "...", row: 0 }],
    ["x = [1, 2]\ny = [0, 1]", { token: "y", row: 1 }],
    ["One fine day", { token: "One", row: 0 }],
  ])("says what in %j is not a number", (text, problem) => {
    expect(parseMatrix(text)).toEqual({ ok: false, problem: { kind: "notANumber", ...problem } });
  });
});

describe("parseMatrix loses nothing", () => {
  it.each([
    ["1,,2\n3,4,5", { kind: "notANumber", token: "", row: 0 }],
    [",1,2", { kind: "notANumber", token: "", row: 0 }],
    ["1\t\t2\n3\t4\t5", { kind: "notANumber", token: "", row: 0 }],
    ["[[1,,2],[3,4,5]]", { kind: "notANumber", token: "", row: 0 }],
    ["[1, 25", { kind: "brackets", open: 1, close: 0 }],
    ["[[1,2],[3,4", { kind: "brackets", open: 3, close: 1 }],
    ["1,2],[3,4]]", { kind: "brackets", open: 1, close: 3 }],
    ["5,6;[1,2]", { kind: "outside", text: "5,6;" }],
    ["-1e3 [[1,2],[3,4]]", { kind: "outside", text: "-1e3" }],
    ["[1,2],3", { kind: "outside", text: ",3" }],
    ["[[1,2],[3,4]] .5", { kind: "outside", text: ".5" }],
    ["[[[1,2],[3,4]]]", { kind: "notANumber", token: "[1", row: 0 }],
    ["[1,2] 3 [4,5]", { kind: "notANumber", token: "[4", row: 1 }],
    ["1_000,2", { kind: "notANumber", token: "1_000", row: 0 }],
    ["0x10,2", { kind: "notANumber", token: "0x10", row: 0 }],
    ["١,٢", { kind: "notANumber", token: "١", row: 0 }],
    ["1,2\u202e", { kind: "notANumber", token: "2\u202e", row: 0 }],
    ["1,2\u0000", { kind: "notANumber", token: "2\u0000", row: 0 }],
    ["1,😀", { kind: "notANumber", token: "😀", row: 0 }],
    ["1,Infinity", { kind: "notANumber", token: "Infinity", row: 0 }],
    ["1,1e", { kind: "notANumber", token: "1e", row: 0 }],
    ["1,--2", { kind: "notANumber", token: "--2", row: 0 }],
    ["1,<b>2</b>", { kind: "notANumber", token: "<b>2</b>", row: 0 }],
  ])("of %j", (text, problem) => {
    expect(parseMatrix(text)).toEqual({ ok: false, problem });
  });

  it.each(["[[1,2],[3,4],]", "1,2,\n3,4,\n", "1\t2\t\n3\t4\t", "x1 = tensor([[1,2],[3,4]])  # 2 rows", "1,2;;3,4;"])(
    "and takes %j",
    (text) => {
      expect(parseMatrix(text)).toEqual({
        ok: true,
        rows: [
          ["1", "2"],
          ["3", "4"],
        ],
      });
    },
  );

  it("is soon done with what is long", () => {
    const started = performance.now();
    for (const text of [
      `${"1".repeat(65000)}x`,
      "[".repeat(65000),
      `${"[".repeat(32000)}${"]".repeat(32000)}`,
      `${"1 ".repeat(32000)}[1,2]`,
      `[1,2]${", 1 x".repeat(12000)}`,
    ]) {
      expect(parseMatrix(text).ok).toBe(false);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("isMatrix", () => {
  it.each(["0.5", " 0.5 ", "-1e-3\n", "abc", "", "－１．５"])("no: %j", (text) => {
    expect(isMatrix(text)).toBe(false);
  });

  it.each(["1 2", "1,2", "1\t2", "1\n2", "1;2", "[1]", "1，2", "1、2", "【1】"])("yes: %j", (text) => {
    expect(isMatrix(text)).toBe(true);
  });
});
