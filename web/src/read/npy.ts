// .npy, as numpy.lib.format has it: "\x93NUMPY", the version, a header that is a Python dict, and the numbers.

import { contiguous, countOf, itemSize, numbers, rowMajor } from "./arrays.ts";
import { refuseFile } from "./refusal.ts";
import type { NumberDtype, ReadTensor } from "./types.ts";

const MAGIC = "\x93NUMPY";

/** NumPy reads no longer header either, unless it is told to trust it. */
const LONGEST_HEADER = 10_000;

/** NumPy has at most 64 dimensions. */
const MOST_DIMENSIONS = 64;

export function isNpy(bytes: Uint8Array): boolean {
  return startsWith(bytes, MAGIC);
}

/** The tensor in a .npy file, or throws Refused. name is what it is called, source where it is said to be. */
export function readNpy(bytes: Uint8Array<ArrayBuffer>, name: string | null, source: string): ReadTensor {
  const { text, end } = headerOf(bytes, source);
  const { descr, fortranOrder, shape } = parseHeader(text, source);
  const { dtype, size, bigEndian } = parseDescr(descr, source);
  const data = bytes.subarray(end);
  const count = countOf(shape);
  const expected = count * size;
  if (data.length > expected && isNpy(data.subarray(expected))) {
    refuseFile("npySeveralArrays", source, {}, 'np.savez("batch.npz", logits=logits, labels=labels)');
  }
  if (data.length !== expected)
    refuseFile("lengthOfArray", source, { shape, dtype: descr, expected, got: data.length });

  const place = { source, line: null, column: null };
  if (dtype === "str") {
    const decode = descr.includes("U") ? fromUtf32 : fromUtf8;
    const words = Array.from({ length: count }, (_, index) => {
      return decode(data.subarray(index * size, (index + 1) * size), bigEndian, source);
    });
    return { name, shape, place, dtype, data: fortranOrder ? fromColumns(words, shape) : words };
  }
  const values = numbers(data, dtype, { bigEndian, source });
  const ordered = fortranOrder ? contiguous(values, shape, columnMajor(shape)) : values;
  return { name, shape, place, dtype, stated: true, data: ordered, decimals: null };
}

function headerOf(bytes: Uint8Array, source: string): { text: string; end: number } {
  const [major, minor] = [bytes[6], bytes[7]];
  if (major === undefined || minor === undefined) refuseFile("npyHeader", source);
  if (major < 1 || major > 3 || minor !== 0) refuseFile("npyVersion", source, { version: `${major}.${minor}` });
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) refuseFile("npyHeader", source);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) refuseFile("npyHeaderLong", source, { length, most: LONGEST_HEADER });
  if (start + length > bytes.length) refuseFile("npyHeader", source);
  // latin1 before version 3; of names only structured dtypes have letters beyond ASCII.
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start, start + length));
  return { text, end: start + length };
}

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** Of Python's literals those that such a header has. */
const TOKEN = /\s*('[^'\\]*'|"[^"\\]*"|\d+L?|True|False|[{}()[\]:,])/y;

/** {'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }: these three keys and no others, in any order. */
function parseHeader(text: string, source: string): Header {
  const bad = (): never => refuseFile("npyHeader", source);
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.trimEnd().length; ) tokens.push(TOKEN.exec(text)?.[1] ?? bad());
  let at = 0;
  const isNext = (token: string) => tokens[at] === token;
  const next = () => tokens[at++] ?? bad();
  const expect = (token: string) => next() === token || bad();
  const string = () => /^['"](.*)['"]$/s.exec(next())?.[1] ?? bad();
  const tuple = () => {
    expect("(");
    const sizes: number[] = [];
    while (!isNext(")")) {
      const size = Number.parseInt(next(), 10); // Python 2 wrote 3L
      sizes.push(Number.isSafeInteger(size) ? size : bad());
      // (3) is a number in Python, (3,) a tuple.
      if (!isNext(")") || sizes.length === 1) expect(",");
    }
    next();
    return sizes.length <= MOST_DIMENSIONS ? sizes : bad();
  };

  let descr: string | undefined;
  let fortranOrder: boolean | undefined;
  let shape: number[] | undefined;
  expect("{");
  while (!isNext("}")) {
    const key = string();
    expect(":");
    if (key === "descr" && descr === undefined) {
      if (isNext("[") || isNext("(")) refuseFile("structured", source, {}, "np.save(file, array[field])");
      descr = string();
    } else if (key === "fortran_order" && fortranOrder === undefined) {
      fortranOrder = isNext("True");
      if (!fortranOrder && !isNext("False")) bad();
      next();
    } else if (key === "shape" && shape === undefined) {
      shape = tuple();
    } else bad();
    if (!isNext("}")) expect(",");
  }
  next();
  if (at !== tokens.length || descr === undefined || fortranOrder === undefined || shape === undefined) return bad();
  return { descr, fortranOrder, shape };
}

const DTYPES: Readonly<Record<string, NumberDtype>> = {
  f2: "float16",
  f4: "float32",
  f8: "float64",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  b1: "bool",
};

/** What NumPy has and a loss cannot take, by the letter; what to do instead. */
const UNREADABLE: Readonly<Record<string, readonly [kind: string, fix: string]>> = {
  O: ["object", 'np.savez("batch.npz", logits=logits, labels=labels)'],
  c: ["complexArray", "np.save(file, array.real)"],
  f: ["longDouble", "np.save(file, array.astype(np.float64))"],
  m: ["time", "np.save(file, array.astype(np.int64))"],
  M: ["time", "np.save(file, array.astype(np.int64))"],
};

/** size is in bytes. */
function parseDescr(descr: string, source: string): { dtype: NumberDtype | "str"; size: number; bigEndian: boolean } {
  const [, order = "", letter = "", digits = ""] = /^([<>|=]?)([a-zA-Z])(\d{1,9})(?:\[.*\])?$/.exec(descr) ?? [];
  const bigEndian = order === ">";
  if (descr === "?") return { dtype: "bool", size: 1, bigEndian };
  const dtype = DTYPES[letter + digits];
  if (dtype !== undefined) return { dtype, size: itemSize(dtype), bigEndian };
  const length = Number(digits);
  if (letter === "U" && length > 0) return { dtype: "str", size: 4 * length, bigEndian };
  if ((letter === "S" || letter === "a") && length > 0) return { dtype: "str", size: length, bigEndian };
  // ml_dtypes' bfloat16 and float8 lose their names in np.save: only their size is left.
  if (letter === "V" && length === 2)
    refuseFile("bfloat16AsVoid", source, { token: descr }, "np.save(file, array.astype(np.float32))");
  if (letter === "V" && length === 1)
    refuseFile("float8", source, { token: descr }, "np.save(file, array.astype(np.float32))");
  const [kind, fix] = UNREADABLE[descr.replace(/^[<>|=]/, "").charAt(0)] ?? ["dtype", null];
  return refuseFile(kind, source, { token: descr }, fix);
}

function fromUtf32(bytes: Uint8Array, bigEndian: boolean, source: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let word = "";
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, !bigEndian);
    if (point > 0x10ffff) refuseFile("notText", source);
    word += String.fromCodePoint(point);
  }
  return withoutPadding(word);
}

function fromUtf8(bytes: Uint8Array, _bigEndian: boolean, source: string): string {
  try {
    return withoutPadding(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return refuseFile("notText", source);
  }
}

function withoutPadding(word: string): string {
  return word.replace(/\0+$/, "");
}

function columnMajor(shape: readonly number[]): number[] {
  return rowMajor(shape.toReversed()).reverse();
}

function fromColumns(words: readonly string[], shape: readonly number[]): string[] {
  const order = contiguous(Uint32Array.from(words.keys()), shape, columnMajor(shape));
  return Array.from(words, (_, index) => words[Number(order[index])] as string);
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return [...magic].every((character, index) => bytes[index] === character.charCodeAt(0));
}
