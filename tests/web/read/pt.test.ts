import { describe, expect, it } from "vitest";
import { readFiles } from "../../../web/src/read/files.ts";
import { concatenated, described, type Packed, refusal, understood, zip } from "./fixtures.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

// Pickles by hand, from their opcodes.
const text = (word: string) => `\x8c${String.fromCharCode(word.length)}${word}`;
const int = (value: number) => `J${String.fromCharCode(...new Uint8Array(new Int32Array([value]).buffer))}`;
const tuple = (...items: string[]) => `(${items.join("")}t`;
const global = (module: string, name: string) => `c${module}\n${name}\n`;
const call = (module: string, name: string, ...parameters: string[]) =>
  `${global(module, name)}${tuple(...parameters)}R`;
const storage = (length: number, key = "0", [module, name]: [string, string] = ["torch", "FloatStorage"]) =>
  `${tuple(text("storage"), global(module, name), text(key), text("cpu"), int(length))}Q`;
const sizes = (shape: readonly number[]) => tuple(...shape.map(int));
const hooks = call("collections", "OrderedDict");
const view = (of: string, offset: number, shape: readonly number[], strides: readonly number[]) =>
  call("torch._utils", "_rebuild_tensor_v2", of, int(offset), sizes(shape), sizes(strides), "\x89", hooks);

const floats = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const pt = (pickle: string, data: Uint8Array = floats(1, 2, 3, 4, 5, 6), more: readonly Packed[] = []) =>
  zip([{ name: "x/data.pkl", data: latin1(`\x80\x02${pickle}.`) }, { name: "x/data/0", data }, ...more]);
const read = (bytes: Uint8Array<ArrayBuffer>) => readFiles([{ name: "x.pt", bytes }]);
const tensors = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await understood([{ name: "x.pt", bytes }])).tensors.map(described);

describe("a .pt file", () => {
  it("looks into its storages by offset and strides", async () => {
    expect(await tensors(pt(view(storage(6), 1, [2, 2], [1, 3])))).toEqual([
      { name: "x", dtype: "float32", shape: [2, 2], data: ["2", "5", "3", "6"] },
    ]);
    expect(await tensors(pt(view(storage(6), 5, [], [])))).toMatchObject([{ shape: [], data: ["6"] }]);
    expect(await tensors(pt(view(storage(6), 9, [0, 3], [3, 1])))).toMatchObject([{ shape: [0, 3], data: [] }]);
    expect(await tensors(pt(view(storage(6), 3, [1, 2], [0, 1])))).toMatchObject([{ data: ["4", "5"] }]);
    expect(await tensors(pt(view(storage(6), 0, [2, 3], [0, 0])))).toMatchObject([{ data: Array(6).fill("1") }]);
  });

  it("has the byte order that it says", async () => {
    const big = floats(1.5).reverse();
    const order: Packed = { name: "x/byteorder", data: latin1("big") };
    expect(await tensors(pt(view(storage(1), 0, [1], [1]), big, [order]))).toMatchObject([{ data: ["1.5"] }]);
  });

  it("has the dtypes that came later, in storages of bytes", async () => {
    const young = (dtype: string) => {
      const bytes = storage(4, "0", ["torch.storage", "UntypedStorage"]);
      return call(
        "torch._utils",
        "_rebuild_tensor_v3",
        bytes,
        int(0),
        sizes([2]),
        sizes([1]),
        "\x89",
        hooks,
        global("torch", dtype),
      );
    };
    const data = new Uint8Array(new Uint16Array([65535, 1]).buffer);
    expect(await tensors(pt(young("uint16"), data))).toMatchObject([{ dtype: "uint16", data: ["65535", "1"] }]);
    expect(refusal(await read(pt(young("uint32"), data)))).toMatchObject({
      kind: "ptView",
      details: { expected: 2, got: 1 },
    });
    expect(refusal(await read(pt(young("float8_e4m3fn"), data))).kind).toBe("float8");
  });

  it("names what stands in dicts, and only tells the place of what stands in tuples", async () => {
    const x = view(storage(6), 0, [2], [1]);
    const { tensors: found } = await understood([
      { name: "x.pt", bytes: pt(`}(${text("a")}}${text("b")}${x}s${text("c")}${tuple(x, int(7))}u`) },
    ]);
    expect(found.map(({ name, place, shape }) => [name, place.source, shape])).toEqual([
      ["a.b", "x.pt: a.b", [2]],
      [null, "x.pt: c[0]", [2]],
      [null, "x.pt: c[1]", []],
    ]);
  });

  const laughs = Array.from(
    { length: 30 },
    (_, level) => `](h${String.fromCharCode(level)}h${String.fromCharCode(level)}eq${String.fromCharCode(level + 1)}`,
  );
  it.each([
    ["pickleName", "a call of the system", call("os", "system", text("ls"))],
    ["pickleName", "a name of Python", call("builtins", "eval", text("1"))],
    ["pickleName", "a name of Python, by the stack", `${text("posix")}${text("system")}\x93`],
    ["pickleName", "an array of NumPy", call("numpy.core.multiarray", "_reconstruct")],
    ["pickleName", "a name, and nothing called", global("torch", "FloatStorage")],
    ["pickleName", "a storage", storage(6)],
    ["complexArray", "complex numbers", view(storage(3, "0", ["torch", "ComplexFloatStorage"]), 0, [3], [1])],
    ["pickleOpcode", "an opcode that no tensor needs", "(i"],
    ["pickleOpcode", "a set", "\x8f"],
    ["pickleKey", "a dict by floats", `}G${"\0".repeat(8)}Ns`],
    ["pickleDamaged", "nothing", ""],
    ["pickleDamaged", "two values", "NN"],
    ["pickleDamaged", "a mark alone", "("],
    ["pickleDamaged", "no mark", "Nt"],
    ["pickleDamaged", "what was never kept", "h\x07"],
    ["pickleDamaged", "a text behind the end", "\x8d\xff\xff\xff\xff\xff\xff\xff\xff"],
    ["pickleDamaged", "a dict of three", "(NNNd"],
    ["pickleDamaged", "an append to a number", "K\x01Na"],
    ["pickleDamaged", "a call of a number", "K\x01)R"],
    ["pickleDamaged", "a whole number of a kilobyte", `\x8a\xff${"\x01".repeat(255)}`],
    [
      "pickleDamaged",
      "a tensor of no storage",
      call("torch._utils", "_rebuild_tensor_v2", "N", int(0), sizes([1]), sizes([1])),
    ],
    ["pickleDamaged", "a negative size", view(storage(6), 0, [-1], [1])],
    ["pickleDamaged", "a negative stride", view(storage(6), 5, [6], [-1])],
    ["pickleDamaged", "a stride too few", view(storage(6), 0, [2, 3], [3])],
    ["pickleDamaged", "more axes than there are", view(storage(6), 0, Array(65).fill(1), Array(65).fill(1))],
    [
      "ptMetadata",
      "a view that is still to be negated",
      call(
        "torch._utils",
        "_rebuild_tensor_v2",
        storage(6),
        int(0),
        sizes([6]),
        sizes([1]),
        "\x89",
        hooks,
        `}${text("neg")}\x88s`,
      ),
    ],
    ["ptView", "more numbers than its storage", view(storage(6), 0, [7], [1])],
    ["ptView", "an offset behind its end", view(storage(6), 6, [1], [1])],
    ["ptExpanded", "billions of one number", view(storage(6), 0, [1 << 30, 1 << 20], [0, 0])],
    ["ptStorage", "a storage that is not there", view(storage(6, "1"), 0, [6], [1])],
    ["lengthOfArray", "a storage of another length", view(storage(7), 0, [6], [1])],
    ["nestedTooDeep", "a list in itself", "]q\0h\0a"],
    ["nestedTooDeep", "lists in each other", `${"]".repeat(100_000)}${"a".repeat(99_999)}`],
    ["tooManyValues", "lists that hold others twice", `(]q\0${laughs.join("")}t`],
  ])("is refused as %s with %s", async (kind, _, pickle) => {
    expect(refusal(await read(pt(pickle))).kind).toBe(kind);
  });

  it("is refused by the name that it would have to run", async () => {
    const said = refusal(await read(pt(call("os", "system", text("ls")))));
    expect(said).toMatchObject({ details: { name: "os.system" }, fix: expect.stringContaining("torch.save") });
  });

  it("has texts and numbers as Python has", async () => {
    const all = concatenated([
      latin1("}("),
      ...[
        ["a", "N"],
        ["b", "\x88"],
        ["c", "\x8a\x01\xff"],
        ["d", "\x8a\0"],
        ["e", "M\xff\xff"],
      ].map(([key, value]) => latin1(`${text(key as string)}${value}`)),
      latin1("u"),
    ]);
    expect(await tensors(pt(String.fromCharCode(...all)))).toMatchObject([
      { name: "b", dtype: "bool", data: ["True"] },
      { name: "c", dtype: "int64", data: ["-1"] },
      { name: "d", dtype: "int64", data: ["0"] },
      { name: "e", dtype: "int64", data: ["65535"] },
    ]);
  });
});
