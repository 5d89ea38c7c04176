// What NumPy and PyTorch wrote (fixtures/make_fixtures.py), and what is in it.
import { readdirSync, readFileSync } from "node:fs";
import { type BroughtFile, readFiles } from "../../../web/src/read/files.ts";
import type { Reading, ReadOptions, ReadTensor, Refusal, Understood } from "../../../web/src/read/types.ts";

interface Described {
  readonly name: string | null;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

const folder = new URL("fixtures/", import.meta.url);
const made = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8"));

/** By the file: all that is in it. */
export const expected: Readonly<Record<string, readonly Described[]>> = made.files;
/** By the file: the kind of its refusal. */
export const refused: Readonly<Record<string, string>> = made.refused;
export const fixtureNames = readdirSync(folder).filter((name) => !/\.(py|json)$/.test(name));

export function fixture(name: string): BroughtFile {
  return { name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) };
}

/** A tensor as expected.json has it. */
export function described(tensor: ReadTensor): Described {
  const { name, dtype, shape, data } = tensor;
  const text = (value: string | number | bigint) => {
    if (dtype === "bool") return value ? "True" : "False";
    return Object.is(value, -0) ? "-0" : String(value);
  };
  return { name, dtype, shape, data: Array.from<string | number | bigint, string>(data, text) };
}

/** Python's texts of numbers as JavaScript's. */
export function asRead({ data, ...rest }: Described): Described {
  const isNumber = /^float(32|64)$/.test(rest.dtype);
  return { ...rest, data: isNumber ? data.map(numberText) : data };
}

function numberText(text: string): string {
  const value = Number(text.replace("inf", "Infinity"));
  return Object.is(value, -0) ? "-0" : String(value);
}

export async function understood(files: readonly BroughtFile[], options?: ReadOptions): Promise<Understood> {
  const reading = await readFiles(files, options);
  if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
  return reading.understood;
}

export function refusal(reading: Reading): Refusal {
  if (reading.kind !== "refused") throw new Error(`was read: ${reading.kind}`);
  return reading.refusal;
}

/** A .npy file with any header. */
export function npy(
  header: string | Uint8Array,
  data: Uint8Array,
  version: readonly [number, number] = [1, 0],
): Uint8Array<ArrayBuffer> {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const length =
    version[0] === 1
      ? new Uint8Array(new Uint16Array([text.length]).buffer)
      : new Uint8Array(new Uint32Array([text.length]).buffer);
  return concatenated([new Uint8Array([0x93, ...new TextEncoder().encode("NUMPY"), ...version]), length, text, data]);
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
