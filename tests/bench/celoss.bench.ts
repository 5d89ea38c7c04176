// How long things take, side by side in one run; the ratios are what counts. ./build.sh bench
import { readFileSync } from "node:fs";
import { bench, describe } from "vitest";
import { load } from "../../web/src/api/index.ts";
import { derive, lightsOf } from "../../web/src/state/derive.ts";
import { cell } from "../../web/src/state/provenance.ts";
import { reduce } from "../../web/src/state/reducer.ts";
import { initialState } from "../../web/src/state/state.ts";

const celoss = await load({ wasmBinary: readFileSync(new URL("../../dist/celoss.wasm", import.meta.url)) });

/** What anybody would write who has no library. */
function plainLoop(logits: Float32Array, target: Int32Array, C: number): number {
  let total = 0;
  for (const [n, label] of target.entries()) {
    const row = logits.subarray(n * C, (n + 1) * C);
    let max = Number.NEGATIVE_INFINITY;
    for (const x of row) max = Math.max(max, x);
    let sum = 0;
    for (const x of row) sum += Math.exp(x - max);
    total += Math.log(sum) + max - (row[label] ?? Number.NaN);
  }
  return total / target.length;
}

for (const [N, C] of [
  [3, 3],
  [32, 10],
  [128, 1000],
] as const) {
  describe(`the loss of ${N} x ${C} logits`, () => {
    const { data, shape } = celoss.rand([N, C], { seed: 0 });
    const target = Int32Array.from({ length: N }, (_, n) => n % C);
    bench("celoss.crossEntropy", () => void celoss.crossEntropy({ data, shape }, target));
    bench("celoss.crossEntropy with its gradient", () => void celoss.crossEntropy({ data, shape }, target, { gradient: true }));
    bench("a plain JavaScript loop", () => void plainLoop(data as Float32Array, target, C));
  });
}

describe("what the page computes after an edit; a frame is 16 ms", () => {
  const note = initialState("en", "auto");
  const grow = (state: typeof note, type: "addSample" | "addClass", times: number) =>
    Array.from({ length: times }).reduce<typeof note>((grown) => reduce(grown, { type }), state);
  const largest = grow(grow(note, "addSample", 5), "addClass", 7);
  const model = derive(celoss, largest);
  bench("the note's 3 x 3", () => void derive(celoss, note));
  bench("the largest, 8 x 10", () => void derive(celoss, largest));
  bench("the lights of a question, 8 x 10", () => void lightsOf(model, cell("softmax", 3, 3)));
});
