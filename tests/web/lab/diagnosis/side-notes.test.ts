import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HalfDtype } from "../../../../web/src/lab/diagnosis/types.ts";
import { core, diagnose, labels, tensor } from "./core.ts";

interface Case {
  readonly name: string;
  readonly dtype: HalfDtype;
  readonly shape: readonly [number, number];
  readonly scale: number;
  readonly step: number;
  readonly torch: { readonly loss: number | string };
}

const golden = (file: string): Case[] =>
  JSON.parse(readFileSync(new URL(`../../../golden/${file}`, import.meta.url), "utf8")).cases;
const now = new Map(golden("half_precision_2.14.json").map((it) => [it.name, it]));
/** All logits are 0. */
const zeros = golden("half_precision.json")
  .filter(({ scale }) => scale === 0)
  .map((it) => now.get(it.name) ?? it);

describe("half precision", () => {
  it.each(zeros)("is PyTorch's, to the bit: $name", async ({ dtype, shape: [N, C], step, torch }) => {
    const { samples, diagnosis } = await core.diagnose({
      logits: { shape: [N, C], dtype: "float32", stated: true, decimals: null, data: new Float32Array(N * C) },
      target: labels(Array.from({ length: N }, (_, i) => (step * i) % C)),
    });
    const half = await samples?.halfPrecision(dtype, diagnosis.loss?.value ?? Number.NaN);
    expect(String(half?.pytorch).replace("Infinity", "inf").replace("NaN", "nan")).toBe(String(torch.loss));
    expect(half?.exact).toBeCloseTo(Math.log(10), 12);
    expect(half?.difference).toBe((half?.pytorch ?? 0) - (diagnosis.loss?.value ?? 0));
  });

  it("is a side note where the logits are of such a dtype, and no verdict", async () => {
    const logits = {
      shape: [4, 2],
      dtype: "bfloat16",
      stated: true,
      decimals: null,
      data: new Uint16Array(8),
    } as const;
    const { verdict, findings } = await diagnose({ logits, target: labels([0, 1, 0, 1]) });
    const note = findings.find(({ id }) => id === "half-precision");
    expect(verdict).not.toBe("half-precision");
    expect(note).toMatchObject({ severity: "info", proof: { dtype: "bfloat16", pytorch: 0.69140625 } });
    expect(note?.fixedLoss).toBeCloseTo(Math.LN2, 12);
  });

  it("is not told where PyTorch goes another way to the loss", async () => {
    const logits = tensor([[1, 2]]);
    for (const other of [{ labelSmoothing: 0.1 }, { reduction: "none" }] as const) {
      const { samples } = await core.diagnose({ logits, target: labels([0]), ...other });
      expect(await samples?.halfPrecision("float16", 0)).toBeNull();
    }
    const soft = await core.diagnose({ logits, target: tensor([[0.5, 0.5]]) });
    expect(await soft.samples?.halfPrecision("float16", 0)).toBeNull();
  });
});

describe("the mean of means", () => {
  const x = [
    [1, 1, 1],
    [0, 0, 0],
  ];

  it("stands beside the mean where rows have padding of different lengths", async () => {
    // (N, C, D), whose losses are log1p(exp(∓1)).
    const { findings, loss } = await diagnose({
      logits: tensor([x, x]),
      target: labels([
        [0, 0, 0],
        [1, -100, -100],
      ]),
    });
    const [right, wrong] = [Math.log1p(Math.exp(-1)), Math.log1p(Math.E)];
    const note = findings.find(({ id }) => id === "mean-of-means");
    expect(note?.severity).toBe("info");
    expect(note?.proof).toMatchObject({ divisor: 4, groups: 2, emptyGroups: 0, leastDivisor: 1, greatestDivisor: 3 });
    expect(note?.proof.mean).toBeCloseTo((3 * right + wrong) / 4, 6);
    expect(note?.proof.mean).toBeCloseTo(loss?.value ?? 0, 6);
    expect(note?.proof.meanOfMeans).toBeCloseTo((right + wrong) / 2, 6);
  });

  it("says nothing where all rows count alike, or are single samples", async () => {
    const alike = {
      logits: tensor([x, x]),
      target: labels([
        [0, 0, -100],
        [1, -100, 1],
      ]),
    };
    const single = { logits: tensor(x), target: labels([0, -100]) };
    for (const brought of [alike, single]) {
      expect((await diagnose(brought)).findings.map(({ id }) => id)).not.toContain("mean-of-means");
    }
  });

  it("is known of several batches too", () => {
    const batches = [
      { loss: 1, divisor: 3 },
      { loss: 5, divisor: 1 },
    ];
    expect(core.meansOfBatches(batches)).toEqual({
      mean: 2,
      meanOfMeans: 3,
      divisor: 4,
      groups: 2,
      emptyGroups: 0,
      leastDivisor: 1,
      greatestDivisor: 3,
    });
  });
});
