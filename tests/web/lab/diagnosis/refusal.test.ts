// What the core finds wrong with shapes and dtypes is what PyTorch refuses, in the library's words for it.
import fc from "fast-check";
import { expect, it } from "vitest";
import { refusalOf } from "../../../../web/src/lab/diagnosis/refusal.ts";
import type { BroughtTensor } from "../../../../web/src/lab/diagnosis/types.ts";
import { diagnose } from "./core.ts";

const size = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const dtypes = { float32: Float32Array, int64: BigInt64Array, int32: Int32Array, uint8: Uint8Array } as const;

function zeros(shape: readonly number[], dtype: keyof typeof dtypes, stated = true): BroughtTensor {
  return { shape, dtype, stated, decimals: null, data: new dtypes[dtype](size(shape)) };
}

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
/** Mostly those that nearly fit. */
const pairs = shapes.chain((x) =>
  fc
    .oneof(
      fc.constant(x.filter((_, dim) => dim !== 1)),
      fc.constant(x.slice(0, -1)),
      fc.constant(x),
      fc.constant([...x.filter((_, dim) => dim !== 1), 1]),
      shapes,
    )
    .map((y) => ({ x, y })),
);

it("is refused if and only if there is a text, and one finding has it", async () => {
  await fc.assert(
    fc.asyncProperty(
      pairs,
      fc.constantFrom("float32", "int64", "int32", "uint8" as const),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      async ({ x, y }, dtype, stated, weights) => {
        const brought = {
          logits: zeros(x, "float32"),
          target: zeros(y, dtype as keyof typeof dtypes, stated),
          weight: weights === null ? null : zeros([weights], "float32"),
        };
        const error = refusalOf(brought);
        const { findings, loss } = await diagnose(brought);
        const refused = findings.filter(({ id, severity }) => severity === "error" && id !== "weighted-mean");
        expect(refused.length > 0).toBe(error !== null);
        const told = findings.filter(({ proof }) => proof.error !== undefined);
        expect(told.map(({ proof }) => proof.error)).toEqual(error === null ? [] : [error]);
        expect(loss === null).toBe(error !== null);
      },
    ),
    { numRuns: 400 },
  );
});
