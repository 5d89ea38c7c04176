import { describe, expect, it } from "vitest";
import { readFiles } from "../../../web/src/read/files.ts";
import type { NumberTensor } from "../../../web/src/read/types.ts";
import {
  asRead,
  concatenated,
  described,
  expected,
  fixture,
  fixtureNames,
  npy,
  refusal,
  refused,
  understood,
} from "./fixtures.ts";

describe("readFiles", () => {
  it.each(Object.keys(expected))("reads %s as it was written", async (file) => {
    const { tensors } = await understood([fixture(file)]);
    expect(tensors.map(described)).toEqual(expected[file]?.map(asRead));
  });

  it.each(Object.entries(refused))("refuses %s: %s", async (file, kind) => {
    const said = refusal(await readFiles([fixture(file)]));
    expect(said.kind).toBe(kind);
    expect(said.place.source).toContain(file);
  });

  it("knows of every file that is there", () => {
    expect(Object.keys({ ...expected, ...refused }).sort()).toEqual(fixtureNames.toSorted());
  });
});

describe("a .npy file", () => {
  const header = (descr: string, shape: string) =>
    `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const six = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);
  const read = (bytes: Uint8Array<ArrayBuffer>) => readFiles([{ name: "x.npy", bytes }]);
  const kindOf = async (bytes: Uint8Array<ArrayBuffer>) => refusal(await read(bytes)).kind;

  it.each([
    ["as NumPy writes it", header("<f4", "(2, 3)")],
    ["as Python 2 did", header("<f4", "(2L, 3L)")],
    ["in another order", "{'shape': (2, 3,), 'fortran_order': False, 'descr': '<f4'}"],
    ["with other quotes and spaces", '  { "descr" :"<f4" , "fortran_order" :False,"shape":( 2,3 )}   \n'],
    ["with the native byte order", header("=f4", "(2, 3)")],
    ["without a byte order", header("f4", "(2, 3)")],
  ])("is read with a header %s", async (_, text) => {
    const { tensors } = await understood([{ name: "a/b\\x.y.npy", bytes: npy(text, six) }]);
    expect(tensors).toMatchObject([{ name: "x.y", shape: [2, 3], dtype: "float32", stated: true, decimals: null }]);
    expect(Array.from(tensors[0]?.data as Float32Array)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ["nothing", ""],
    ["no dict", "['descr', '<f4']"],
    ["an open dict", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)"],
    ["two dicts", `${header("<f4", "(2, 3)")}${header("<f4", "(2, 3)")}`],
    ["a key too few", "{'descr': '<f4', 'shape': (2, 3)}"],
    ["a key too many", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}"],
    ["a key twice", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'shape': (3, 2)}"],
    ["a number as shape", header("<f4", "6")],
    ["a number in brackets as shape", header("<f4", "(6)")],
    ["a negative size", header("<f4", "(-2, -3)")],
    ["a size with a point", header("<f4", "(2., 3)")],
    ["arithmetic", header("<f4", "(2*1, 3)")],
    ["a call", header("<f4", "tuple([2, 3])")],
    ["a size beyond all numbers", header("<f4", `(2, ${"9".repeat(400)})`)],
    ["more axes than NumPy has", header("<f4", `(${"1, ".repeat(65)})`)],
    ["0 as fortran_order", "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}"],
    ["a comma too many", "{'descr': '<f4',, 'fortran_order': False, 'shape': (2, 3)}"],
    ["None as descr", "{'descr': None, 'fortran_order': False, 'shape': (2, 3)}"],
  ])("is refused with %s in its header", async (_, text) => {
    expect(await kindOf(npy(text, six))).toBe("npyHeader");
  });

  it("is refused if its header ends behind the file, or would be longer than NumPy reads", async () => {
    expect(await kindOf(npy(header("<f4", "(2, 3)"), new Uint8Array()).subarray(0, 50).slice())).toBe("npyHeader");
    expect(await kindOf(npy(`${header("<f4", "(2, 3)")}${" ".repeat(10_000)}`, six))).toBe("npyHeaderLong");
    expect(await kindOf(npy("{}", six, [2, 0]).fill(255, 8, 12))).toBe("npyHeaderLong");
    for (const length of [6, 7, 8, 9, 10, 11]) {
      expect(await kindOf(npy(header("<f4", "(2, 3)"), six, [2, 0]).slice(0, length))).toBe("npyHeader");
    }
  });

  it("is refused in a version that is not known", async () => {
    expect(await kindOf(npy(header("<f4", "(2, 3)"), six, [4, 0]))).toBe("npyVersion");
    expect(await kindOf(npy(header("<f4", "(2, 3)"), six, [1, 1]))).toBe("npyVersion");
  });

  it("is refused with less or more numbers than its shape has, which are named", async () => {
    const short = refusal(await read(npy(header("<f4", "(2, 4)"), six)));
    expect(short).toMatchObject({
      kind: "lengthOfArray",
      details: { shape: [2, 4], dtype: "<f4", expected: 32, got: 24 },
    });
    expect(await kindOf(npy(header("<f4", "(2, 2)"), six))).toBe("lengthOfArray");
    expect(await kindOf(npy(header("<f4", `(${"9007199254740991, ".repeat(40)})`), six))).toBe("lengthOfArray");
    expect(await kindOf(npy(header("<f4", `(${"9007199254740991, ".repeat(40)} 0)`), six))).toBe("lengthOfArray");
    expect(await kindOf(npy(header("<U0", "(9007199254740991,)"), new Uint8Array()))).toBe("dtype");
  });

  it("is refused with truths other than 0 and 1, and words that are none", async () => {
    expect(await kindOf(npy(header("|b1", "(3,)"), new Uint8Array([0, 1, 2])))).toBe("notABool");
    expect(await kindOf(npy(header("<U1", "(1,)"), new Uint8Array([0, 0, 0, 1])))).toBe("notText");
    expect(await kindOf(npy(header("|S1", "(1,)"), new Uint8Array([0xff])))).toBe("notText");
  });

  it.each(["<f1", "<f3", "<i3", "<i16", "<u0", "<b2", "<x4", "f", "<f4 ", "<<f4", "4f", "<f99999999999"])(
    "is refused as %s",
    async (descr) => {
      expect(await kindOf(npy(header(descr, "(2, 3)"), six))).toMatch(/^(dtype|longDouble)$/);
    },
  );

  it("is not copied where its numbers lie as they are needed, and left as it was where they do not", async () => {
    const even = npy(header("<f4", "(2, 3)").padEnd(118, " "), six);
    const [tensor] = (await understood([{ name: "x.npy", bytes: even }])).tensors as NumberTensor[];
    expect(tensor?.data.buffer).toBe(even.buffer);
    const odd = concatenated([new Uint8Array(1), npy(header(">f4", "(2, 3)"), six)]).subarray(1);
    const before = odd.slice();
    const [swapped] = (await understood([{ name: "x.npy", bytes: odd }])).tensors;
    expect(swapped?.data[0]).toBe(new DataView(six.buffer).getFloat32(0, false));
    expect(odd).toEqual(before);
  });
});
