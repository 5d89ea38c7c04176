// What figures draw beside the losses, and random numbers.
import type { LabWasm } from "lab-wasm";
import { isInteger, MAX_SIZE, numel, readOptions, readShape, readTensor } from "../api/arguments.ts";
import { map } from "../api/celoss.ts";
import { CelossError, sizes, unexpected } from "../api/errors.ts";
import { type Memory, placeOf } from "../api/marshal.ts";
import type { Tensor } from "../api/types.ts";
import type { Lab } from "./types.ts";

export function negLogCurve(memory: Memory<LabWasm>, pMin: unknown, points: unknown): ReturnType<Lab["negLogCurve"]> {
  if (!(typeof pMin === "number" && pMin > 0 && pMin < 1)) {
    throw unexpected("pMin", "a number between 0 and 1", pMin);
  }
  if (!isInteger(points, 2, MAX_SIZE)) throw unexpected("points", `an integer from 2 to ${MAX_SIZE}`, points);
  const p = placeOf("float64", points);
  const loss = placeOf("float64", points);
  memory.place([p, loss]);
  memory.check(memory.wasm.negLogCurve(pMin, points, p.address, loss.address));
  return {
    p: { data: memory.read(p), shape: [points], dtype: "float64" },
    loss: { data: memory.read(loss), shape: [points], dtype: "float64" },
  };
}

export function rand(memory: Memory<LabWasm>, shape: unknown, options: unknown): Tensor {
  const sizes = readShape("shape", shape);
  const { seed, dtype = "float32" } = readOptions(options, ["seed", "dtype"]);
  if (!isInteger(seed, 0, 2 ** 32 - 1)) throw unexpected("seed", "an integer from 0 to 4294967295", seed);
  if (dtype !== "float32" && dtype !== "float64") throw unexpected("dtype", '"float32" or "float64"', dtype);
  const output = placeOf(dtype, numel(sizes));
  memory.place([output]);
  memory.check(memory.wasm.rand(dtype === "float64", seed, output.address, output.length));
  return { data: memory.read(output), shape: sizes, dtype };
}

export function sharpen(memory: Memory<LabWasm>, input: unknown, sharpness: unknown): Tensor {
  const x = readTensor(memory, "x", input);
  if (typeof sharpness !== "number") throw unexpected("sharpness", "a number", sharpness);
  return map(memory, x, (float64, from, size, to) => memory.wasm.sharpen(float64, from, size, sharpness, to));
}

export function raiseLargest(memory: Memory<LabWasm>, input: unknown, gap: unknown): Tensor {
  const row = readTensor(memory, "row", input);
  if (row.shape.length !== 1) {
    const message = `row: expected one row of shape (C), got ${sizes(row.shape)}`;
    throw new CelossError("invalid_argument", message, { argument: "row", got: row.shape });
  }
  if (typeof gap !== "number") throw unexpected("gap", "a number", gap);
  return map(memory, row, (float64, from, size, to) => memory.wasm.raiseLargest(float64, from, size, gap, to));
}
