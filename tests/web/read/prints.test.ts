// What real PyTorch, NumPy and pandas print is read as what it was printed from: golden/make_prints.py.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { numberAt } from "../../../web/src/read/arrays.ts";
import { readText } from "../../../web/src/read/text.ts";
import type { NumberTensor } from "../../../web/src/read/types.ts";

interface Case {
  name: string;
  text: string;
  tensors: { dtype: string; shape: number[]; values: (number | string | boolean)[] }[];
}

const { cases } = JSON.parse(readFileSync(new URL("../../golden/prints.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

/** So much a print may be off, and a dtype that holds what was printed. */
function isPrinted(read: number, held: number, { decimals, dtype }: NumberTensor): boolean {
  if (!Number.isFinite(held)) return Object.is(read, held);
  const digits = { float16: 2 ** -10, bfloat16: 2 ** -7, float32: 2 ** -23 }[dtype as string] ?? 2 ** -50;
  const half = decimals === null ? 0 : 0.5 * 10 ** -decimals;
  return Math.abs(read - held) <= half * (1 + 1e-9) + Math.abs(held) * digits;
}

describe("a print is read as what was printed", () => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, { text, tensors }) => {
    const reading = readText(text);
    if (tensors.length === 1 && reading.kind === "refused" && /^\W*(tensor|array)?\W*$/.test(text)) {
      expect([reading.refusal.kind, tensors[0]?.values]).toEqual(["empty", []]);
      return;
    }
    if (reading.kind !== "understood") throw new Error(`${reading.kind} ${JSON.stringify(reading).slice(0, 300)}`);
    const read = reading.understood.tensors as NumberTensor[];
    expect(read.map(({ dtype, shape }) => ({ dtype, shape }))).toEqual(
      tensors.map(({ dtype, shape }) => ({ dtype, shape })),
    );
    for (const [i, { values }] of tensors.entries()) {
      const tensor = read[i] as NumberTensor;
      const wrong = values.filter((value, k) => {
        const held =
          value === "nan"
            ? NaN
            : Number(String(value).replace("inf", "Infinity").replace("true", "1").replace("false", "0"));
        return !isPrinted(numberAt(tensor, k), held, tensor);
      });
      expect(wrong).toEqual([]);
    }
  });
});
