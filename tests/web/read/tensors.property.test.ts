// For any tensor in any style, and for any text at all.
import fc from "fast-check";
import { expect, it } from "vitest";
import { noticeText, questionText, refusalText } from "../../../web/src/i18n/read/said.ts";
import { readTexts } from "../../../web/src/i18n/read/words.ts";
import { readTensors } from "../../../web/src/read/tensors.ts";
import type { NumberTensor, Reading, Understood } from "../../../web/src/read/types.ts";

type Nested = readonly (string | Nested)[];

const nested = (numbers: readonly string[], shape: readonly number[]): Nested => {
  const [first = 0, ...rest] = shape;
  const size = numbers.length / first;
  if (rest.length === 0) return numbers;
  return Array.from({ length: first }, (_, i) => nested(numbers.slice(i * size, (i + 1) * size), rest));
};
const brackets = (list: Nested, between: string): string =>
  `[${list.map((item) => (typeof item === "string" ? item : brackets(item, between))).join(between)}]`;
const rows = (list: Nested, cell: string, row: string): string =>
  (list as string[][]).map((items) => items.join(cell)).join(row);

/** Spellings of a list of numbers, each with what goes around it; those of rows are of two dimensions. */
const styles: Record<string, (list: Nested) => string> = {
  torch: (list) => `tensor(${brackets(list, ", ").replaceAll("], [", "],\n        [")})`,
  onDevice: (list) => `tensor(${brackets(list, ", ")}, device='cuda:0',\n       grad_fn=<AddmmBackward0>)`,
  float64: (list) => `torch.tensor(${brackets(list, ",")}, dtype=torch.float64)`,
  numpy: (list) => brackets(list, " ").replaceAll("] [", "]\n [").replaceAll("[", "[ "),
  array: (list) => `array(${brackets(list, ", ")}, dtype=float32)`,
  list: (list) => brackets(list, ", "),
  json: (list) => `{\n "x": ${brackets(list, ",\n")}\n}`,
  tuple: (list) => brackets(list, ", ").replaceAll("[", "(").replaceAll("]", ",)"),
  code: (list) => `x = np.array(${brackets(list, ", ")})  # a comment`,
  chinese: (list) => brackets(list, "，").replaceAll("[", "【").replaceAll("]", "】").replaceAll("-", "−"),
};
const tables: Record<string, (list: Nested) => string> = {
  csv: (list) => rows(list, ",", "\r\n"),
  tsv: (list) => `${rows(list, "\t", "\n")}\n`,
  spaces: (list) => rows(list, "   ", "\n"),
  matlab: (list) => `[${rows(list, " ", "; ")}]`,
  link: (list) => rows(list, ",", ";"),
  markdown: (list) => `| ${rows(list, " | ", " |\n| ")} |`,
};

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }).map((x) => x.toFixed(4)),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }).map((x) => x.toExponential(4)),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => (/[.e]/.test(String(x)) ? String(x) : `${x}.`)),
  fc.constantFrom("nan", "inf", "-inf"),
);
const matrix = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 3, max: 5 }))
  .chain(([n, c]) => fc.tuple(fc.constant([n, c]), fc.array(number, { minLength: n * c, maxLength: n * c })));
const anyShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return fc.tuple(fc.constant(shape), fc.array(number, { minLength: length, maxLength: length }));
});

const numberOf = (text: string): number =>
  Number(text.replace("inf", "Infinity").replace("nan", "NaN").replace(/\.$/, ""));

function expectRead(text: string, shape: readonly number[], numbers: readonly string[]): void {
  const reading = readTensors(text, { float: "float64" });
  if (reading.kind !== "understood") throw new Error(`${text}\n${JSON.stringify(reading)}`);
  const [tensor, ...more] = reading.understood.tensors;
  expect(more).toEqual([]);
  expect(tensor?.shape).toEqual(shape);
  const round = (x: number) => (tensor?.dtype === "float32" ? Math.fround(x) : x);
  expect(Array.from(tensor?.data as Float64Array)).toEqual(numbers.map((text) => round(numberOf(text))));
}

it.each(Object.entries(styles))("reads any tensor as %s", (_, write) => {
  fc.assert(
    fc.property(anyShape, ([shape, numbers]) => expectRead(write(nested(numbers, shape)), shape, numbers)),
    { numRuns: 60 },
  );
});

it.each(Object.entries(tables))("reads any matrix as %s", (_, write) => {
  fc.assert(
    fc.property(matrix, ([shape, numbers]) => {
      // With a point in every cell no column is one of labels or counts.
      const pointed = numbers.map((text) => (/[.ne]/.test(text) ? text : `${text}.`));
      expectRead(write(nested(pointed, shape)), shape, pointed);
    }),
    { numRuns: 60 },
  );
});

const fragments = fc.constantFrom(
  ...[
    "[",
    "]",
    "[[",
    "]]",
    "(",
    ")",
    "{",
    "}",
    ",",
    ", ",
    " ",
    "\n",
    ";",
    "\t",
    "|",
    ":",
    "'",
    '"',
    "#",
    "...",
    "*",
    " * ",
  ],
  ...[
    "/",
    "-",
    "+",
    ".T",
    ".softmax(1)",
    "tensor(",
    "array(",
    "np.float64(",
    "x = ",
    "logits: ",
    '"y": ',
    ">>> ",
    "In [3]: ",
  ],
  ...["```", "dtype=torch.float16", "device='cuda:0'", "nan", "inf", "True", "None", "cat", "loss", "%", "−", "，"],
  ...["】", "\r", "\ufeff", "\u00a0", "…", "Columns 0 to 9", "size=(2, 3)", "<tf.Tensor: ", "grad_fn=<A>", "label"],
);
/** A text in which no two numbers are the same. */
const soup = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 3, arbitrary: fragments }), {
    minLength: 1,
    maxLength: 24,
  })
  .map((parts) =>
    parts.map((part, i) => part ?? `${parts[i - 1] === null ? " " : ""}${1001 + i}${i % 3 === 0 ? ".5" : ""}`).join(""),
  );

/** Everything that a reading says, words and numbers. */
function saidBy(reading: Reading): string {
  const text = readTexts.en;
  const all = ({ tensors, notices }: Understood): string => {
    const numbers = tensors.map((tensor) => {
      const place = JSON.stringify(tensor.shape) + tensor.name;
      return place + Array.from((tensor as NumberTensor).data, String).join(" ");
    });
    return [...numbers, ...notices.map((notice) => noticeText(text, notice) + JSON.stringify(notice.details))].join(
      "\n",
    );
  };
  if (reading.kind === "refused") return refusalText(text, reading.refusal);
  if (reading.kind === "question")
    return questionText(text, reading.question) + reading.ways.map(({ understood }) => all(understood)).join();
  return all(reading.understood);
}

it("of any text loses no number in silence, and never throws", () => {
  fc.assert(
    fc.property(soup, (text) => {
      const reading = readTensors(text);
      const said = saidBy(reading);
      expect(said).not.toMatch(/undefined/);
      // Of a column that counts the rows, and of long words, it is said that they are left out.
      if (reading.kind === "refused" || said.includes("counts the rows") || said.includes("…")) return;
      for (const [number] of text.matchAll(/1\d\d\d(\.5)?/g)) {
        expect(said, JSON.stringify(text)).toMatch(
          new RegExp(`(^|\\D)${number.replace(".", "\\.")}|${Number(number)}`),
        );
      }
    }),
    { numRuns: 20_000 },
  );
});

it("of any characters at all never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const reading = readTensors(text);
      if (reading.kind === "refused") expect(refusalText(readTexts.zh, reading.refusal)).toMatch(/\S/);
    }),
    { numRuns: 5_000 },
  );
});
