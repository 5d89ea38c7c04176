import { describe, expect, it } from "vitest";
import { batchOf } from "../../../web/src/read/batch.ts";
import { readFiles } from "../../../web/src/read/files.ts";
import { concatenated, described, fixture, refusal, understood } from "./fixtures.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (name: string, content: Uint8Array<ArrayBuffer>) => readFiles([{ name, bytes: content }]);
const kindOf = async (name: string, content: Uint8Array<ArrayBuffer>) => refusal(await read(name, content)).kind;

describe("several files", () => {
  it("are one batch, each called as its file is", async () => {
    const files = [
      { ...fixture("f4_le.npy"), name: "labels.npy" },
      { name: "run/logits.txt", bytes: utf8("tensor([[1., 2.], [3., 4.]])") },
      fixture("stored.npz"),
    ];
    const { tensors } = await understood(files);
    expect(tensors.slice(0, 3).map(({ name }) => name)).toEqual(["labels", "logits", "logits"]);
    expect(tensors.map(({ place }) => place.source).slice(1, 3)).toEqual(["run/logits.txt", "stored.npz: logits"]);
  });

  it("are refused with the first that is", async () => {
    const files = [fixture("f4_le.npy"), fixture("object.npy"), fixture("complex.npy")];
    expect(refusal(await readFiles(files)).place.source).toBe("object.npy");
  });

  it("ask one question, each way with what else was brought", async () => {
    const asks = { name: "a.csv", bytes: utf8("0,1,2\n1.5,-2.25,0.3") };
    const asked = await readFiles([fixture("vector.npy"), asks, fixture("scalar.npy")]);
    if (asked.kind !== "question") throw new Error("was not asked");
    expect(asked.ways.length).toBeGreaterThan(1);
    for (const { understood: way } of asked.ways) {
      expect(way.tensors.map(({ name }) => name)).toEqual(["vector", "a", "scalar"]);
    }
    expect(refusal(await readFiles([asks, asks])).kind).toBe("twoQuestions");
  });

  it("give what a training script saved", async () => {
    const batching = batchOf(await understood([fixture("stored.npz")]));
    expect(batching).toMatchObject({
      kind: "batch",
      batch: {
        logits: { name: "logits", shape: [4, 3] },
        target: { name: "labels", shape: [4] },
        weight: { name: "weight" },
        loss: { value: Math.fround(1.0646), decimals: 5 },
        ignoreIndex: -100,
        labelSmoothing: 0.1,
        reduction: "mean",
        unused: [],
      },
    });
    for (const file of ["positional.npz", "tuple.pt"]) {
      expect(batchOf(await understood([fixture(file)]))).toMatchObject({ kind: "batch", batch: { unused: [] } });
    }
  });
});

describe("a file", () => {
  it("is what is in it, whatever its name says", async () => {
    for (const name of ["x.pt", "x.png", "x", ".npy", "x.npy.txt"]) {
      const [tensor] = (await understood([{ ...fixture("f4_le.npy"), name }])).tensors;
      expect(tensor?.shape).toEqual([2, 3, 4]);
    }
    expect((await understood([{ name: "x.npy", bytes: utf8("[1.5, 2]") }])).tensors).toMatchObject([{ name: "x" }]);
  });

  it.each([
    ["foreignArchive", "gzip", "\x1f\x8b\x08\0"],
    ["foreignArchive", "bzip2", "BZh91AY&SY"],
    ["foreignArchive", "7z", "7z\xbc\xaf\x27\x1c"],
    ["foreignArchive", "tar", `${"x".repeat(257)}ustar\x0000`],
    ["foreignPicture", "PDF", "%PDF-1.7\n"],
    ["foreignPicture", "PNG", "\x89PNG\r\n\x1a\n"],
    ["foreignPicture", "JPEG", "\xff\xd8\xff\xe0"],
    ["foreignPicture", "GIF", "GIF89a"],
    ["foreignData", "HDF5", "\x89HDF\r\n\x1a\n"],
    ["foreignData", "HDF5", `MATLAB 7.3 MAT-file${" ".repeat(493)}\x89HDF\r\n\x1a\n`],
    ["foreignData", "MATLAB", "MATLAB 5.0 MAT-file, Platform"],
    ["foreignData", "Parquet", "PAR1\x15\x04"],
    ["foreignModel", "GGUF", "GGUF\x03\0\0\0"],
    ["pickle", "pickle", "\x80\x04\x95\0"],
  ])("is refused as %s: %s", async (kind, format, content) => {
    expect(refusal(await read("x.npy", bytes(content)))).toMatchObject({
      kind,
      details: { format },
      place: { source: "x.npy" },
    });
  });

  it("is refused if it is empty, unknown, or larger than is read", async () => {
    expect(await kindOf("x.npy", new Uint8Array())).toBe("nothing");
    expect(await kindOf("x.bin", new Uint8Array(new Float32Array([1, 2, 3]).buffer))).toBe("unknownContent");
    expect(await kindOf("x.bin", new Uint8Array(16))).toBe("unknownContent");
    const large = new Proxy(new Uint8Array(), { get: (_, key) => (key === "length" ? 2 ** 29 + 1 : undefined) });
    expect(refusal(await read("x.npy", large))).toMatchObject({ kind: "fileTooLarge", details: { most: 2 ** 29 } });
    expect(await kindOf("x.txt", new Uint8Array(2 ** 26 + 1).fill(32))).toBe("textTooLarge");
  });

  it("is text in UTF-8, or in what its mark says, and else is refused", async () => {
    const text = "tensor([[1., 2.], [3., −4.]])\ntensor([0, 1])";
    const wide = (order: "big" | "little") => {
      const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
      const pairs = Array.from(units, (unit) => (order === "big" ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]));
      return Uint8Array.from(pairs.flat());
    };
    for (const content of [utf8(text), utf8(`\ufeff${text}`), wide("big"), wide("little")]) {
      const { tensors } = await understood([{ name: "x.txt", bytes: content }]);
      expect(tensors.map(({ shape, dtype }) => [shape, dtype])).toEqual([
        [[2, 2], "float32"],
        [[2], "int64"],
      ]);
    }
    const gbk = concatenated([utf8("1,2\n"), bytes("\xc3\xa8"), bytes("\xc3\xa8\xd0")]);
    expect(await kindOf("x.csv", gbk)).toBe("notUtf8");
    expect(await kindOf("x.txt", wide("little").subarray(0, 9).slice())).toBe("notUtf8");
  });

  it("is text with the controls that logs have, and is not with others", async () => {
    expect(await kindOf("x.log", utf8("\x1b[32m12%\b\b\b\f\x1b[0m nothing"))).not.toBe("unknownContent");
    for (const control of "\0\x01\x07\x1f")
      expect(await kindOf("x.log", utf8(`1, 2${control}`))).toBe("unknownContent");
  });

  it("with one tensor that has a name keeps it", async () => {
    expect((await understood([{ name: "x.txt", bytes: utf8("logits = tensor([1., 2.])") }])).tensors[0]?.name).toBe(
      "logits",
    );
  });
});

describe("reading", () => {
  it("says how far it is, and can be given up", async () => {
    const many = Array.from({ length: 3 }, () => ({
      name: "x.txt",
      bytes: utf8(`[${"[1.5, 2.5, 3.5],".repeat(150_000)}]`),
    }));
    const told: number[] = [];
    await readFiles(many, { onProgress: (done) => told.push(done) });
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(1);

    const abort = new AbortController();
    const given = readFiles(many, { signal: abort.signal, onProgress: () => abort.abort("enough") });
    await expect(given).rejects.toBe("enough");
    await expect(readFiles([fixture("f4_le.npy")], { signal: AbortSignal.abort("before") })).rejects.toBe("before");
  });

  it("gives the same whatever is read beside it", async () => {
    const [alone, beside] = [
      await understood([fixture("views.pt")]),
      await understood([fixture("f2_le.npy"), fixture("views.pt")]),
    ];
    expect(beside.tensors.slice(1).map(described)).toEqual(alone.tensors.map(described));
  });
});
