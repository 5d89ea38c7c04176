import { describe, expect, it } from "vitest";
import { readFiles } from "../../../web/src/read/files.ts";
import { concatenated, npy, type Packed, refusal, understood, zip } from "./fixtures.ts";

const header = (shape: string) => `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}}`;
const six = npy(header("(2, 3)"), new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer));
const zeros = (bytes: number) => npy(header(`(${bytes / 4},)`), new Uint8Array(bytes));
const member: Packed = { name: "x.npy", data: six };
const read = (bytes: Uint8Array<ArrayBuffer>) => readFiles([{ name: "a.npz", bytes }]);
const kindOf = async (bytes: Uint8Array<ArrayBuffer>) => refusal(await read(bytes)).kind;

describe("a zip", () => {
  it.each([
    ["stored", zip([member])],
    ["deflated", zip([{ ...member, method: 8 }])],
    ["with a comment that looks like its end", zip([member], { comment: `PK\x05\x06${"\0".repeat(30)}` })],
    ["with a folder", zip([{ name: "run/", data: new Uint8Array() }, member])],
    ["whose local header was written first", zip([{ ...member, local: { flags: 8, crc: 0, size: 0, packedSize: 0 } }])],
    [
      "whose local header has room for 64 bits",
      zip([{ ...member, local: { size: 0xffffffff, packedSize: 0xffffffff } }]),
    ],
  ])("is read: %s", async (_, bytes) => {
    const { tensors } = await understood([{ name: "a.npz", bytes }]);
    expect(tensors).toMatchObject([{ name: "x", shape: [2, 3], place: { source: "a.npz: x" } }]);
    expect(Array.from<unknown>(tensors[0]?.data ?? [])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  const lie = (said: Packed["said"], more: Partial<Packed> = {}) =>
    zip([{ ...member, ...more, ...(said && { said }) }]);
  it.each([
    ["zipCheckSum", "a check sum that is wrong", lie({ crc: 1 })],
    ["zipCheckSum", "one that is wrong, deflated", lie({ crc: 1 }, { method: 8 })],
    ["zipDamaged", "a size that is too small", lie({ size: six.length - 1 }, { method: 8 })],
    ["zipDamaged", "a size that is too large", lie({ size: six.length + 1 }, { method: 8 })],
    ["zipDamaged", "a size that deflate cannot reach", lie({ size: 50_000_000 }, { method: 8 })],
    ["zipDamaged", "two sizes, stored", lie({ size: six.length + 1 })],
    ["zipDamaged", "a packed size behind the end", lie({ packedSize: 1e6, size: 1e6 })],
    ["zipDamaged", "a place behind the end", lie({ at: 1e6 })],
    ["zipDamaged", "a place where no header is", lie({ at: 1 })],
    ["zipDamaged", "stored bytes said to be deflated", lie({ method: 8 })],
    ["zipDamaged", "another name in the local header", lie(undefined, { local: { name: "y.npy" } })],
    ["zipDamaged", "another size in the local header", lie(undefined, { local: { size: 1 } })],
    ["zipDamaged", "another packed size in the local header", lie(undefined, { local: { packedSize: 1 } })],
    ["zipDamaged", "another check sum in the local header", lie(undefined, { local: { crc: 1 } })],
    ["zipDamaged", "another method in the local header", lie(undefined, { local: { method: 8 } })],
    ["zipDamaged", "a name twice", zip([member, member])],
    [
      "zipDamaged",
      "members that share bytes",
      zip([
        { ...member, name: "y.npy" },
        { ...member, name: "y.npy", said: { at: 0, name: "y.npy" } },
      ]),
    ],
    ["zipDamaged", "more members than there are", zip([member], { count: 2 })],
    ["zipDamaged", "fewer members than there are", zip([member, { ...member, name: "y.npy" }], { count: 1 })],
    ["zipDamaged", "a directory elsewhere", zip([member], { directory: 1 })],
    ["zipDamaged", "an end that is cut off", zip([member]).slice(0, -1)],
    ["zipDamaged", "something before it", concatenated([zip([]), zip([member])])],
    ["zipEncrypted", "a password", lie({ flags: 1 })],
    ["zipMethod", "another method", lie({ method: 93 })],
    ["zip64", "64 bits", lie({ size: 0xffffffff })],
    ["zip64", "64 bits for their number", zip([member], { count: 0xffff })],
    ["foreignArchive", "nothing in it", zip([])],
    ["foreignArchive", "other things", zip([{ name: "a.txt", data: six }])],
    ["npzOtherMember", "other things beside", zip([member, { name: "a.txt", data: six }])],
    ["foreignData", "a spreadsheet", zip([{ name: "xl/workbook.xml", data: six }])],
    ["foreignModel", "a model of Keras", zip([{ name: "model.weights.h5", data: six }])],
  ])("is refused as %s with %s", async (kind, _, bytes) => {
    expect(await kindOf(bytes)).toBe(kind);
  });

  it("of zeros is refused before it is unpacked, if it would be large", async () => {
    const small = zip([{ name: "x.npy", data: zeros(2 ** 20), method: 8 }]);
    expect((await understood([{ name: "a.npz", bytes: small }])).tensors[0]?.shape).toEqual([2 ** 18]);
    const packedSize = 2 ** 17;
    const large = { name: "x.npy", data: new Uint8Array(packedSize), said: { method: 8, size: 2 ** 27 } };
    expect(refusal(await read(zip([large])))).toMatchObject({
      kind: "zipBomb",
      details: { member: "x.npy", packedSize },
    });
    const said = { size: 2 ** 25, packedSize: 2 ** 15 };
    const many = Array.from(
      { length: 17 },
      (_, index): Packed => ({ name: `${index}.npy`, data: new Uint8Array(2 ** 15), said: { ...said, method: 8 } }),
    );
    expect(await kindOf(zip(many))).toBe("fileTooLarge");
  });

  it("costs no more than it has, if its size is a lie", async () => {
    const data = new Uint8Array(2 ** 16).map((_, index) => (index * 7919) >> 3);
    const bytes = zip([{ name: "x.npy", data, method: 8, said: { size: 2 ** 25 } }]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await kindOf(bytes)).toBe("zipDamaged");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 23);
  });
});
