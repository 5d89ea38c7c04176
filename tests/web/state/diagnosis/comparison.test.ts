import { describe, expect, it } from "vitest";
import { readFiles } from "../../../../web/src/read/files.ts";
import { compare, partsOf } from "../../../../web/src/state/diagnosis/comparison.ts";
import type { Said, Side } from "../../../../web/src/state/diagnosis/messages.ts";
import { NOTHING_SAID } from "../../../../web/src/state/diagnosis/state.ts";
import { core } from "../../lab/diagnosis/core.ts";

/** A side of samples with these losses, of which those of the label -100 do not count. */
function side(losses: number[], labels: number[], divisor = losses.length): Side {
  const samples = losses.map((_, sample) => sample);
  const counted = samples.filter((sample) => labels[sample] !== -100);
  const others = samples.filter((sample) => labels[sample] === -100);
  const value = losses.reduce((sum, loss) => sum + loss, 0) / divisor;
  return {
    loss: { value, plusMinus: 0, reduction: "mean", divisor, accuracy: null },
    samples: {
      losses: Float32Array.from(losses),
      labels: Int32Array.from(labels),
      order: Uint32Array.from([...counted, ...others]),
      counted: counted.length,
    },
  };
}

describe("two batches", () => {
  it("are compared sample by sample: who fell and who rose, the one that rose most first", () => {
    const { changes, otherLabels } = compare(
      core,
      side([2, 1, 1, 0.5], [0, 1, 2, 0]),
      side([0.5, 1, 0.75, 4], [0, 1, 2, 0]),
    );
    expect(changes).toEqual({
      changes: Float32Array.of(-1.5, 0, -0.25, 3.5),
      order: Uint32Array.of(3, 1, 2, 0),
      fell: 2,
      rose: 1,
    });
    expect(otherLabels).toBe(0);
  });

  it("leave out what does not count in one of them, and count other labels", () => {
    const { changes, otherLabels } = compare(core, side([2, 0, 1], [0, -100, 2]), side([1, 3, 1], [1, 1, 2]));
    expect(changes).toMatchObject({ order: Uint32Array.of(2, 0), fell: 1, rose: 0 });
    expect(otherLabels).toBe(1);
  });

  it("of other sizes are not compared sample by sample, and have their means", () => {
    const { changes, means } = compare(core, side([1, 1, 1, 1], [0, 0, 0, 0]), side([3], [0]));
    expect(changes).toBe(null);
    expect(means).toMatchObject({ mean: 7 / 5, meanOfMeans: 2, divisor: 5, leastDivisor: 1, greatestDivisor: 4 });
  });

  it("have no means where one of them is none", () => {
    const sum: Side = {
      loss: { value: 3, plusMinus: 0, reduction: "sum", divisor: null, accuracy: null },
      samples: null,
    };
    expect(compare(core, sum, side([1], [0])).means).toBe(null);
    expect(compare(core, { loss: null, samples: null }, side([1], [0]))).toEqual({
      changes: null,
      otherLabels: 0,
      means: null,
    });
  });
});

describe("several files", () => {
  const parts = async (files: Readonly<Record<string, string>>, said: Partial<Said> = {}) => {
    const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
    const reading = await readFiles(Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })));
    if (reading.kind !== "understood") return expect.fail(reading.kind);
    const { signal } = new AbortController();
    return partsOf(core, reading.understood, Object.keys(files), { ...NOTHING_SAID, ...said }, null, signal);
  };
  const one = "tensor([[2.0, 0.0], [0.0, 2.0], [0.0, 0.0]])\ntensor([0, 1, 1])";
  const two = "tensor([[0.0, 2.0]])\ntensor([0])";

  it("that are batches by themselves are the parts of one step", async () => {
    const found = await parts({ "a.txt": one, "b.txt": two });
    expect(found?.parts.map(({ name, divisor }) => [name, divisor])).toEqual([
      ["a.txt", 3],
      ["b.txt", 1],
    ]);
    const [a = Number.NaN, b = Number.NaN] = found?.parts.map(({ loss }) => loss) ?? [];
    expect(b).toBeCloseTo(2.1269, 4);
    expect(found?.means.meanOfMeans).toBeCloseTo((a + b) / 2, 12);
    expect(found?.means.mean).toBeCloseTo((3 * a + b) / 4, 12);
  });

  it("are judged with the options that were said", async () => {
    const found = await parts({ "a.txt": one, "b.txt": two }, { corrections: { ignoreIndex: 1, reduction: "sum" } });
    expect(found?.parts.map(({ divisor }) => divisor)).toEqual([1, 1]);
  });

  it("of which each has a tensor of one batch are no parts", async () => {
    const [logits = "", labels = ""] = one.split("\n");
    expect(await parts({ "logits.txt": logits, "labels.txt": labels })).toBe(null);
    expect(await parts({ "a.txt": one })).toBe(null);
  });
});
