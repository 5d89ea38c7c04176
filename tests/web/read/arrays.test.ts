import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { contiguous, countOf, isRowMajor, numberAt, numbers, rowMajor } from "../../../web/src/read/arrays.ts";
import type { NumberTensor } from "../../../web/src/read/types.ts";

const offsets = (shape: readonly number[], strides: readonly number[]): number[] =>
  shape.reduce<number[]>(
    (before, size, dim) =>
      before.flatMap((start) => Array.from({ length: size }, (_, at) => start + at * (strides[dim] as number))),
    [0],
  );

it("contiguous takes what offset and strides say, whatever the shape", () => {
  const view = fc.array(fc.tuple(fc.nat(4), fc.nat(7)), { maxLength: 5 });
  fc.assert(
    fc.property(view, fc.nat(9), (dims, offset) => {
      const [shape, strides] = [dims.map(([size]) => size), dims.map(([, stride]) => stride)];
      const data = Int32Array.from({ length: 200 }, (_, index) => index);
      expect(Array.from(contiguous(data, shape, strides, offset) as Int32Array)).toEqual(
        offsets(shape, strides).map((at) => at + offset),
      );
    }),
  );
});

it.each([
  [
    [3, 2500],
    [1, 3],
  ],
  [
    [2, 3, 1100],
    [1, 2200, 2],
  ],
  [
    [2048, 2],
    [2, 1],
  ],
  [
    [1500, 3],
    [1, 1500],
  ],
])("contiguous goes through %j by %j", (shape, strides) => {
  const data = Float64Array.from({ length: countOf(shape) }, (_, index) => index);
  expect(Array.from(contiguous(data, shape, strides) as Float64Array)).toEqual(offsets(shape, strides));
});

it("what lies as it should is not copied", () => {
  const data = Int8Array.of(0, 1, 2, 3, 4, 5);
  expect(contiguous(data, [2, 2], [2, 1], 1).buffer).toBe(data.buffer);
  expect(isRowMajor([1, 6], [77, 1])).toBe(true);
  expect(isRowMajor([2, 3], [1, 2])).toBe(false);
  expect(rowMajor([2, 3, 4])).toEqual([12, 4, 1]);
});

it("halves are the numbers that PyTorch makes of their bits", () => {
  const { cases } = JSON.parse(readFileSync(new URL("../../golden/halves.json", import.meta.url), "utf8"));
  for (const { dtype, bits, value } of cases) {
    const data = Uint16Array.from(bits);
    const tensor = { dtype, data } as unknown as NumberTensor;
    const read = Array.from(data, (_, index) => numberAt(tensor, index));
    expect(read).toEqual(
      value.map((one: number | string) => (typeof one === "string" ? Number(one.replace("inf", "Infinity")) : one)),
    );
  }
});

it("numbers turn big-endian ones around, and leave the bytes alone", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(numbers(bytes, "int16", { bigEndian: true, source: "x" })).toEqual(Int16Array.of(0x102, 0x304, 0x506, 0x708));
  expect(numbers(bytes, "uint64", { bigEndian: true, source: "x" })).toEqual(BigUint64Array.of(0x0102030405060708n));
  expect(bytes[0]).toBe(1);
});
