// .npz: a zip of .npy files, whose names are those of the arrays.

import { readNpy } from "./npy.ts";
import type { Pace } from "./pace.ts";
import { refuseFile } from "./refusal.ts";
import type { ReadTensor } from "./types.ts";
import { type Member, unpack } from "./zip.ts";

const EXTENSION = /\.npy$/;

export function isNpz(members: readonly Member[]): boolean {
  return members.some(({ name }) => EXTENSION.test(name));
}

/** All of its arrays, or throws Refused. */
export async function readNpz(
  bytes: Uint8Array<ArrayBuffer>,
  members: readonly Member[],
  source: string,
  pace: Pace,
): Promise<readonly ReadTensor[]> {
  const other = members.find(({ name }) => !EXTENSION.test(name));
  if (other !== undefined) refuseFile("npzOtherMember", source, { member: other.name });
  const all = members.reduce((sum, { size }) => sum + size, 0);
  const tensors: ReadTensor[] = [];
  let done = 0;
  for (const member of members) {
    const name = member.name.replace(EXTENSION, "");
    const unpacked = await unpack(bytes, member, source, pace, (part) => (done + part * member.size) / all);
    tensors.push(readNpy(unpacked, name, `${source}: ${name}`));
    done += member.size;
  }
  return tensors;
}
