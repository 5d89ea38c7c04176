// .safetensors: how long the header is, the header in JSON, and the numbers, as github.com/safetensors/safetensors has it.

import { countOf, itemSize, numbers } from "./arrays.ts";
import { refuseFile } from "./refusal.ts";
import type { NumberDtype, NumberTensor } from "./types.ts";

/** As the format has it; in bytes. */
const LONGEST_HEADER = 100_000_000;

const DTYPES: Readonly<Record<string, NumberDtype>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U64: "uint64",
  U32: "uint32",
  U16: "uint16",
  U8: "uint8",
  BOOL: "bool",
};

/** A length that a header can have, and the bracket that opens it. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || bytes[8] !== 0x7b) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  // A length with eight digits of text in it would be of exabytes.
  return view.getUint32(4, true) === 0;
}

/** All tensors in it, by their places there, or throws Refused. */
export function readSafetensors(bytes: Uint8Array<ArrayBuffer>, source: string): readonly NumberTensor[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > LONGEST_HEADER) refuseFile("safetensorsHeaderLong", source, { length, most: LONGEST_HEADER });
  if (8 + length > bytes.length) refuseFile("safetensorsHeader", source);
  const entries = parseHeader(bytes.subarray(8, 8 + length), source);
  const data = bytes.subarray(8 + length);

  // One after the other, without holes: then no two share bytes, and none lies behind the end.
  let at = 0;
  const tensors = entries.map(({ name, dtype: word, shape, begin, end }) => {
    const where = `${source}: ${name}`;
    const dtype = DTYPES[word];
    if (dtype === undefined) {
      const kind = word.startsWith("F8") ? "float8" : "dtype";
      refuseFile(kind, where, { token: word }, 'save_file({"logits": logits.float()}, "batch.safetensors")');
    }
    const expected = countOf(shape) * itemSize(dtype);
    if (end - begin !== expected) refuseFile("lengthOfArray", where, { shape, dtype, expected, got: end - begin });
    if (begin !== at || end > data.length) refuseFile("safetensorsOffsets", where, { begin, end, expected: at });
    at = end;
    const values = numbers(data.subarray(begin, end), dtype, { bigEndian: false, source: where });
    const place = { source: where, line: null, column: null };
    return { name, shape, place, dtype, stated: true, data: values, decimals: null } as const;
  });
  if (at !== data.length) refuseFile("safetensorsLength", source, { expected: at, got: data.length });
  return tensors;
}

interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Sorted by where they begin. */
function parseHeader(bytes: Uint8Array, source: string): readonly Entry[] {
  const bad = (): never => refuseFile("safetensorsHeader", source);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return bad();
  }
  if (!isObject(header)) return bad();
  const { __metadata__: about = {}, ...tensors } = header;
  if (!isObject(about) || !Object.values(about).every((value) => typeof value === "string")) bad();
  const entries = Object.entries(tensors).map(([name, entry]): Entry => {
    if (!isObject(entry) || Object.keys(entry).length !== 3) return bad();
    const { dtype, shape, data_offsets: offsets } = entry;
    if (typeof dtype !== "string" || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) return bad();
    const [begin, end] = offsets as [number, number];
    return begin <= end ? { name, dtype, shape, begin, end } : bad();
  });
  return entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
