// What NumPy and PyTorch wrote (fixtures/make_fixtures.py), and what is in it.
import { readdirSync, readFileSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
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

export interface Packed {
  readonly name: string;
  readonly data: Uint8Array;
  /** 8: deflate, 0: stored. */
  readonly method?: number;
  /** What the headers say in place of what is so; local: only there. */
  readonly said?: Partial<Header>;
  readonly local?: Partial<Header>;
}

interface Header {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly name: string;
  readonly at: number;
}

const u16 = (value: number) => new Uint8Array(new Uint16Array([value]).buffer);
const u32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer);

/** A zip, true or not. end is what its last record says. */
export function zip(
  members: readonly Packed[],
  end: { count?: number; comment?: string; directory?: number } = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, data, method = 0, said = {}, local = {} } of members) {
    const packed = method === 8 ? deflateRawSync(data) : data;
    const facts = {
      flags: 0,
      method,
      crc: crc32(data),
      packedSize: packed.length,
      size: data.length,
      name,
      at,
      ...said,
    };
    const header = (of: Header) => [
      u16(of.flags),
      u16(of.method),
      u32(0),
      u32(of.crc),
      u32(of.packedSize),
      u32(of.size),
    ];
    const here = { ...facts, ...local };
    const [hereName, centralName] = [here, facts].map((of) => new TextEncoder().encode(of.name)) as [
      Uint8Array,
      Uint8Array,
    ];
    const first = [u32(0x04034b50), u16(20), ...header(here), u16(hereName.length), u16(0), hereName, packed];
    parts.push(...first);
    directory.push(
      u32(0x02014b50),
      u16(20),
      u16(20),
      ...header(facts),
      u16(centralName.length),
      u16(0),
      u16(0),
      u16(0),
    );
    directory.push(u16(0), u32(0), u32(facts.at), centralName);
    at += first.reduce((sum, part) => sum + part.length, 0);
  }
  const central = concatenated(directory);
  const comment = new TextEncoder().encode(end.comment ?? "");
  const count = u16(end.count ?? members.length);
  const last = [
    u32(0x06054b50),
    u32(0),
    count,
    count,
    u32(central.length),
    u32(end.directory ?? at),
    u16(comment.length),
  ];
  return concatenated([...parts, central, ...last, comment]);
}
