import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFiles } from "../../../web/src/read/files.ts";
import { concatenated, described, refusal, understood } from "./fixtures.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** length is what the first eight bytes say. */
function safetensors(header: unknown, data: Uint8Array, length?: bigint): Uint8Array<ArrayBuffer> {
  const text = utf8(typeof header === "string" ? header : JSON.stringify(header));
  return concatenated([new Uint8Array(new BigUint64Array([length ?? BigInt(text.length)]).buffer), text, data]);
}

const six = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);
const x = { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] };
const read = (bytes: Uint8Array<ArrayBuffer>) => readFiles([{ name: "a.safetensors", bytes }]);
const tensors = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await understood([{ name: "a.safetensors", bytes }])).tensors;

describe("a .safetensors file", () => {
  it.each<[string, string, ArrayBuffer, string[]]>([
    ["F64", "float64", new Float64Array([1.5, -0]).buffer, ["1.5", "-0"]],
    ["F32", "float32", new Float32Array([1.5, Number.NaN]).buffer, ["1.5", "NaN"]],
    ["F16", "float16", new Uint16Array([0x3c00, 0x7c00]).buffer, ["15360", "31744"]],
    ["BF16", "bfloat16", new Uint16Array([0x3f80, 0xff80]).buffer, ["16256", "65408"]],
    [
      "I64",
      "int64",
      new BigInt64Array([-(2n ** 63n), 2n ** 53n + 1n]).buffer,
      [`${-(2n ** 63n)}`, `${2n ** 53n + 1n}`],
    ],
    ["U64", "uint64", new BigUint64Array([2n ** 64n - 1n, 0n]).buffer, [`${2n ** 64n - 1n}`, "0"]],
    ["I32", "int32", new Int32Array([-(2 ** 31), 1]).buffer, [`${-(2 ** 31)}`, "1"]],
    ["U32", "uint32", new Uint32Array([2 ** 32 - 1, 1]).buffer, [`${2 ** 32 - 1}`, "1"]],
    ["I16", "int16", new Int16Array([-32768, 1]).buffer, ["-32768", "1"]],
    ["U16", "uint16", new Uint16Array([65535, 1]).buffer, ["65535", "1"]],
    ["I8", "int8", new Int8Array([-128, 1]).buffer, ["-128", "1"]],
    ["U8", "uint8", new Uint8Array([255, 1]).buffer, ["255", "1"]],
    ["BOOL", "bool", new Uint8Array([1, 0]).buffer, ["True", "False"]],
  ])("has %s", async (dtype, name, buffer, data) => {
    // A byte before it, so that nothing lies where its numbers can.
    const end = 1 + buffer.byteLength;
    const header = {
      pad: { dtype: "U8", shape: [1], data_offsets: [0, 1] },
      x: { dtype, shape: [2], data_offsets: [1, end] },
    };
    const all = await tensors(safetensors(header, concatenated([new Uint8Array(1), new Uint8Array(buffer)])));
    expect(all.slice(1).map(described)).toEqual([{ name: "x", dtype: name, shape: [2], data }]);
  });

  it("has metadata, spaces behind its header, and tensors in any order", async () => {
    const header = {
      y: { dtype: "U8", shape: [1], data_offsets: [24, 25] },
      __metadata__: { format: "pt" },
      x,
      empty: { dtype: "F32", shape: [0, 7], data_offsets: [25, 25] },
      none: { dtype: "F32", shape: [2 ** 40, 0], data_offsets: [0, 0] },
    };
    const bytes = safetensors(`${JSON.stringify(header)}    `, concatenated([six, new Uint8Array([7])]));
    expect((await tensors(bytes)).map(({ name, shape }) => [name, shape])).toEqual([
      ["none", [2 ** 40, 0]],
      ["x", [2, 3]],
      ["y", [1]],
      ["empty", [0, 7]],
    ]);
    const odd = '{"__proto__": {"dtype": "U8", "shape": [], "data_offsets": [0, 1]}}';
    expect(await tensors(safetensors(odd, new Uint8Array(1)))).toMatchObject([{ name: "__proto__", shape: [] }]);
  });

  it.each<[string, string, unknown, Uint8Array]>([
    ["safetensorsHeader", "JSON that is none", "{x}", six],
    ["safetensorsHeader", "no shape", { x: { dtype: "F32", data_offsets: [0, 24] } }, six],
    ["safetensorsHeader", "more than it should", { x: { ...x, strides: [3, 1] } }, six],
    ["safetensorsHeader", "a size that is negative", { x: { ...x, shape: [-2, -3] } }, six],
    ["safetensorsHeader", "a size that is not whole", { x: { ...x, shape: [1.5, 4] } }, six],
    ["safetensorsHeader", "a size that is a text", { x: { ...x, shape: ["2", 3] } }, six],
    ["safetensorsHeader", "an end before its beginning", { x: { ...x, data_offsets: [24, 0] } }, six],
    ["safetensorsHeader", "one offset", { x: { ...x, data_offsets: [24] } }, six],
    ["safetensorsHeader", "metadata that are no texts", { __metadata__: { epoch: 1 }, x }, six],
    ["safetensorsHeader", "null", { x: null }, six],
    ["lengthOfArray", "a shape of more", { x: { ...x, shape: [2, 4] } }, six],
    ["lengthOfArray", "a shape beyond all numbers", { x: { ...x, shape: Array(40).fill(2 ** 53 - 1) } }, six],
    ["safetensorsOffsets", "an end behind the file's", { x: { ...x, shape: [7], data_offsets: [0, 28] } }, six],
    ["safetensorsOffsets", "a hole before it", { x: { ...x, shape: [5], data_offsets: [4, 24] } }, six],
    ["safetensorsOffsets", "two that share bytes", { x, y: { ...x, shape: [5], data_offsets: [4, 24] } }, six],
    ["safetensorsOffsets", "two in one place", { x, y: x }, six],
    ["safetensorsLength", "bytes behind it", { x }, concatenated([six, new Uint8Array(1)])],
    ["float8", "8 bits", { x: { dtype: "F8_E4M3", shape: [24], data_offsets: [0, 24] } }, six],
    ["dtype", "another dtype", { x: { dtype: "F4", shape: [24], data_offsets: [0, 24] } }, six],
    ["notABool", "a bool of 2", { x: { dtype: "BOOL", shape: [1], data_offsets: [0, 1] } }, new Uint8Array([2])],
  ])("is refused as %s with %s", async (kind, _, header, data) => {
    expect(refusal(await read(safetensors(header, data))).kind).toBe(kind);
  });

  it("is refused with a header that is longer than the file, or than the format allows", async () => {
    expect(refusal(await read(safetensors({ x }, six, 10_000n))).kind).toBe("safetensorsHeader");
    expect(refusal(await read(safetensors({ x }, six, 100_000_001n))).kind).toBe("safetensorsHeaderLong");
    expect(refusal(await read(safetensors({ x }, six, 2n ** 63n))).kind).toBe("unknownContent");
    expect(refusal(await read(safetensors("[".repeat(1e6), six).fill(0x7b, 8, 9))).kind).toBe("safetensorsHeader");
  });

  it("gives back what was put in, whatever the shapes", async () => {
    const shapes = fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(shapes, async (all) => {
        let at = 0;
        const entries = all.map((shape, index) => {
          const begin = at;
          at += shape.reduce((product, size) => product * size, 1);
          return [`${index}`, { dtype: "I8", shape, data_offsets: [begin, at] }] as const;
        });
        const data = Uint8Array.from({ length: at }, (_, index) => index);
        const back = await tensors(safetensors(Object.fromEntries(entries), data));
        expect(back.map(({ shape }) => shape)).toEqual(expect.arrayContaining(all));
        expect(concatenated(back.map((tensor) => new Uint8Array((tensor.data as Int8Array).slice().buffer)))).toEqual(
          data,
        );
      }),
    );
  });
});
