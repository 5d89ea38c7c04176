// What is in a zip, by its central directory. fflate unpacks; what it takes on trust is checked here: that the local
// headers agree, that nothing overlaps, sizes before anything is unpacked, and check sums after.

import { Inflate } from "fflate";
import type { Pace } from "./pace.ts";
import { refuseFile } from "./refusal.ts";

export interface Member {
  readonly name: string;
  /** In bytes: unpacked, and as it lies in the file. */
  readonly size: number;
  readonly packedSize: number;
  readonly isDeflated: boolean;
  readonly crc: number;
  /** Where its bytes begin in the file. */
  readonly start: number;
}

/** No file is larger, nor what a zip unpacks to; in bytes. */
export const LARGEST_FILE = 512 * 2 ** 20;

/** A member that unpacks to more than both is not unpacked: nothing that is worth reading packs so well. */
export const LARGEST_SURE = 64 * 2 ** 20;
const BEST_RATIO = 200;

/** Deflate packs no better than this, 258 bytes in 2 bits; a header that says so lies. */
const DEFLATE_RATIO = 1032;

/** What is handed to fflate at once: it may unpack to a thousand times as much before we see any of it. */
const PIECE = 2 ** 14;

const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const ZIP64 = 0xffffffff;

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third, fourth] = bytes;
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

/** All members that are files, in the order of the central directory; or throws Refused. */
export function listZip(bytes: Uint8Array, source: string): readonly Member[] {
  const bad = (): never => refuseFile("zipDamaged", source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const u16 = (at: number) => (at + 2 <= bytes.length ? view.getUint16(at, true) : bad());
  const u32 = (at: number) => (at + 4 <= bytes.length ? view.getUint32(at, true) : bad());

  const nameAt = (at: number, length: number) => new TextDecoder().decode(bytes.subarray(at, at + length));

  let end = bytes.length - END_LENGTH;
  const first = Math.max(0, end - LONGEST_COMMENT);
  while (end >= first && !(u32(end) === 0x06054b50 && end + END_LENGTH + u16(end + 20) === bytes.length)) end--;
  if (end < first) bad();
  const [count, directorySize, directory] = [u16(end + 10), u32(end + 12), u32(end + 16)];
  if (count === 0xffff || directorySize === ZIP64 || directory === ZIP64) refuseFile("zip64", source);
  // One file, not a part of several.
  if (u16(end + 4) !== 0 || u16(end + 6) !== 0 || u16(end + 8) !== count) bad();
  // PyTorch writes the record and locator of zip64 also where nothing needs them.
  const between = end - directory - directorySize;
  if (between !== 0 && !(between === 76 && u32(end - 20) === 0x07064b50)) bad();

  const members: Member[] = [];
  const names = new Set<string>();
  const taken: [start: number, end: number][] = [];
  let at = directory;
  for (let index = 0; index < count; index++) {
    if (u32(at) !== 0x02014b50) bad();
    const [flags, method, crc] = [u16(at + 8), u16(at + 10), u32(at + 16)];
    const [packedSize, size, local] = [u32(at + 20), u32(at + 24), u32(at + 42)];
    const nameLength = u16(at + 28);
    const name = nameAt(at + 46, nameLength);
    if (flags & 1) refuseFile("zipEncrypted", source, { member: name });
    if (method !== 0 && method !== 8) refuseFile("zipMethod", source, { member: name, method });
    if (packedSize === ZIP64 || size === ZIP64 || local === ZIP64) refuseFile("zip64", source);

    // The local header says the same; or that it was written before they were known, or with room for 64 bits.
    if (u32(local) !== 0x04034b50 || u16(local + 8) !== method || (u16(local + 6) & 1) !== 0) bad();
    if (nameAt(local + 30, u16(local + 26)) !== name) bad();
    const isEarly = (u16(local + 6) & 8) !== 0;
    const sizes = [
      [u32(local + 18), packedSize],
      [u32(local + 22), size],
    ] as const;
    if (!isEarly && u32(local + 14) !== crc) bad();
    if (!isEarly && sizes.some(([said, fact]) => said !== fact && said !== ZIP64)) bad();
    const start = local + 30 + nameLength + u16(local + 28);
    if (start + packedSize > directory) bad();
    taken.push([local, start + packedSize]);

    if (method === 0 && size !== packedSize) bad();
    if (size > DEFLATE_RATIO * packedSize) bad();
    if (size > LARGEST_SURE && size > BEST_RATIO * packedSize)
      refuseFile("zipBomb", source, { member: name, size, packedSize });
    if (names.has(name)) bad();
    names.add(name);
    if (!name.endsWith("/")) members.push({ name, size, packedSize, isDeflated: method === 8, crc, start });
    at += 46 + nameLength + u16(at + 30) + u16(at + 32);
  }
  if (at !== directory + directorySize) bad();
  const all = members.reduce((sum, { size }) => sum + size, 0);
  if (all > LARGEST_FILE) refuseFile("fileTooLarge", source, { size: all, most: LARGEST_FILE });
  // Members that share bytes would unpack to more than any one of them shows.
  taken.sort(([a], [b]) => a - b);
  if (taken.some(([start], index) => start < (taken[index - 1]?.[1] ?? 0))) bad();
  return members;
}

/** The bytes of a member, unpacked and checked; a stored one stays where it is. report is told from 0 to 1. */
export async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  member: Member,
  source: string,
  pace: Pace,
  report: (part: number) => number = (part) => part,
): Promise<Uint8Array<ArrayBuffer>> {
  const { start, packedSize, isDeflated } = member;
  const packed = bytes.subarray(start, start + packedSize);
  const unpacked = isDeflated ? await inflate(packed, member, source, pace, report) : packed;
  let crc = 0;
  for (let at = 0; at < unpacked.length; at += 2 ** 20) {
    crc = crc32(unpacked.subarray(at, at + 2 ** 20), crc);
    await pace.at(report(isDeflated ? 1 : at / unpacked.length));
  }
  if (crc !== member.crc) refuseFile("zipCheckSum", source, { member: member.name });
  return unpacked;
}

async function inflate(
  packed: Uint8Array,
  member: Member,
  source: string,
  pace: Pace,
  report: (part: number) => number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bad = (): never => refuseFile("zipDamaged", source);
  // A size that is a lie costs no more than this.
  let unpacked = new Uint8Array(Math.min(member.size, 2 ** 16 + 8 * packed.length));
  let length = 0;
  const inflater = new Inflate((piece) => {
    const needed = length + piece.length;
    if (needed > member.size) bad();
    if (needed > unpacked.length) {
      const larger = new Uint8Array(Math.min(member.size, Math.max(needed, 2 * unpacked.length)));
      larger.set(unpacked.subarray(0, length));
      unpacked = larger;
    }
    unpacked.set(piece, length);
    length = needed;
  });
  for (let at = 0; at < packed.length; at += PIECE) {
    const isLast = at + PIECE >= packed.length;
    try {
      inflater.push(packed.subarray(at, at + PIECE), isLast);
    } catch {
      bad(); // fflate's own errors say what is wrong with deflate's codes
    }
    await pace.at(report(length / member.size));
  }
  return length === member.size ? unpacked : bad();
}

const CRC_TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** The check sum that zips have; before is that of the bytes before. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ (bytes[at] as number)) & 255] as number);
  }
  return ~crc >>> 0;
}
