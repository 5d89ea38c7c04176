import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOf } from "../../../web/src/read/batch.ts";
import { readFiles } from "../../../web/src/read/files.ts";
import type { Reading } from "../../../web/src/read/types.ts";
import { concatenated, fixture, fixtureNames, npy, zip } from "./fixtures.ts";

const MB = 2 ** 20;

/** Whatever it is, it is read, asked about or refused; and what is read fills its shape. */
async function holds(bytes: Uint8Array<ArrayBuffer>, name = "x"): Promise<void> {
  const before = process.memoryUsage().arrayBuffers;
  const reading: Reading = await readFiles([{ name, bytes }]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MB + 8 * bytes.length);
  if (reading.kind === "refused") {
    expect(reading.refusal.kind).toMatch(/^\w+$/);
    expect(JSON.stringify(reading.refusal).length).toBeLessThan(100_000);
    return;
  }
  for (const read of reading.kind === "understood" ? [reading.understood] : reading.ways.map((way) => way.understood)) {
    for (const { shape, data } of read.tensors) {
      expect(data.length).toBe(shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1));
    }
    batchOf(read);
  }
}

/** Some bytes others, some gone, some twice. */
const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom("set", "cut", "repeat", "truncate", "size"),
    value: fc.nat(255),
    length: fc.nat(40),
  }),
  { minLength: 1, maxLength: 4 },
);

function mutated(
  bytes: Uint8Array<ArrayBuffer>,
  [...changes]: readonly { at: number; kind: string; value: number; length: number }[],
) {
  let result = bytes;
  for (const { at, kind, value, length } of changes) {
    const index = Math.floor(at * result.length);
    const [before, after] = [result.subarray(0, index), result.subarray(index)];
    if (kind === "set") result = concatenated([before, new Uint8Array([value]), after.subarray(1)]);
    if (kind === "size") result = concatenated([before, new Uint8Array(4).fill(255), after.subarray(4)]);
    if (kind === "cut") result = concatenated([before, after.subarray(length)]);
    if (kind === "repeat") result = concatenated([before, after.subarray(0, length), after]);
    if (kind === "truncate") result = before.slice();
  }
  return result;
}

describe("whatever a file is", () => {
  it.each(fixtureNames)("a damaged %s is read or refused", async (name) => {
    const { bytes } = fixture(name);
    await fc.assert(
      fc.asyncProperty(mutations, (changes) => holds(mutated(bytes, changes))),
      { numRuns: 20 },
    );
  });

  it("bytes behind any beginning are read or refused", async () => {
    const beginnings = [
      "",
      "\x93NUMPY\x01\0",
      "\x93NUMPY\x03\0",
      "PK\x03\x04",
      "PK\x05\x06",
      "\x80\x02",
      "\0\0\0\0\0\0\0\0{",
      "\xff\xfe",
      "\ufeff",
      "[",
    ];
    const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(bytes, ([beginning, rest]) => {
        return holds(concatenated([Uint8Array.from(beginning, (character) => character.charCodeAt(0)), rest]));
      }),
      { numRuns: 500 },
    );
  });

  it("a .npy file with any header is read or refused", async () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "'descr'",
      "'<f4'",
      "'|S3'",
      "'<U2'",
      ":",
      ",",
      "'fortran_order'",
      "True",
      "False",
      "'shape'",
      "(",
      ")",
      "2",
      "9999999999999",
      " ",
      "[",
      "'",
    );
    const ordered = fc
      .tuple(
        fc.constantFrom("<f4", ">i8", "|b1", "<U1", "|S0", "O"),
        fc.boolean(),
        fc.array(fc.nat(5), { maxLength: 4 }),
      )
      .map(([descr, fortran, shape]) => {
        return `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape.map((size) => `${size},`).join("")})}`;
      });
    const header = fc.oneof(
      fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join("")),
      ordered,
    );
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 64 }), (text, data) => holds(npy(text, data))),
      { numRuns: 500 },
    );
  });

  it("a .pt file with any pickle is read or refused", async () => {
    const opcodes = "(012NJKMGXU)tbRQ]lae}dsuqrhjc.\x80\x81\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x93\x94\x95";
    const names = [
      "ctorch\nFloatStorage\n",
      "ctorch._utils\n_rebuild_tensor_v2\n",
      "ccollections\nOrderedDict\n",
      "\x8c\x07storage",
      "\x8c\x010",
      "K\x00",
      "K\x01",
    ];
    const piece = fc.oneof(fc.constantFrom(...opcodes), fc.constantFrom(...names));
    const pickles = fc.array(piece, { maxLength: 60 }).map((pieces) => `\x80\x02${pieces.join("")}.`);
    await fc.assert(
      fc.asyncProperty(pickles, (pickle) => {
        const data = Uint8Array.from(pickle, (character) => character.charCodeAt(0));
        return holds(
          zip([
            { name: "x/data.pkl", data },
            { name: "x/data/0", data: new Uint8Array(4) },
          ]),
        );
      }),
      { numRuns: 500 },
    );
  });
});
