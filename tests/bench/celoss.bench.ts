// How long things take, side by side in one run; the ratios are what counts. ./build.sh bench

import { bench, describe } from "vitest";
import { cell } from "../../web/src/state/lesson/cell.ts";
import { derive, lightsOf } from "../../web/src/state/lesson/derive.ts";
import { reduce } from "../../web/src/state/lesson/reducer.ts";
import { initialState } from "../../web/src/state/lesson/state.ts";

// The package as it is built: in Vitest every import between sources costs time.
const dist = (name: string) => import(new URL(`../../dist/${name}.js`, import.meta.url).href);
const celoss = await ((await dist("celoss")) as typeof import("../../web/src/api/index.ts")).load();
const lab = await ((await dist("lab")) as typeof import("../../web/src/lab/index.ts")).load();

/** What anybody would write who has no library. */
function plainLoop(logits: Float32Array, target: Int32Array, C: number): number {
  let total = 0;
  for (let n = 0; n < target.length; ++n) {
    const row = n * C;
    let max = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < C; ++c) max = Math.max(max, logits[row + c] as number);
    let sum = 0;
    for (let c = 0; c < C; ++c) sum += Math.exp((logits[row + c] as number) - max);
    total += Math.log(sum) + max - (logits[row + (target[n] as number)] as number);
  }
  return total / target.length;
}

for (const [N, C] of [
  [3, 3],
  [32, 10],
  [128, 1000],
  [4096, 10],
  [64, 50257],
] as const) {
  describe(`the loss of ${N} x ${C} logits`, () => {
    const { data, shape } = lab.rand([N, C], { seed: 0 });
    const target = Int32Array.from({ length: N }, (_, n) => n % C);
    const logits = { data, shape };
    const gradient = new Float32Array(N * C);
    const there = celoss.tensor([N, C]);
    there.data.set(data);
    const targetThere = celoss.tensor([N], { dtype: "int32" });
    targetThere.data.set(target);
    const gradientThere = celoss.tensor([N, C]);

    bench("celoss.crossEntropy", () => void celoss.crossEntropy(logits, target));
    bench("the same of tensors in the module's memory", () => void celoss.crossEntropy(there, targetThere));
    bench("a plain JavaScript loop", () => void plainLoop(data as Float32Array, target, C));
    bench("with its gradient in a new array", () => void celoss.crossEntropy(logits, target, { gradient: true }));
    bench("with its gradient in an array that is given", () => void celoss.crossEntropy(logits, target, { gradient }));
    bench(
      "with its gradient in the module's memory",
      () => void celoss.crossEntropy(there, targetThere, { gradient: gradientThere }),
    );
  });
}

describe("what the page computes after an edit; a frame is 16 ms", () => {
  const note = initialState("en", "auto");
  const grow = (state: typeof note, type: "addSample" | "addClass", times: number) =>
    Array.from({ length: times }).reduce<typeof note>((grown) => reduce(grown, { type }), state);
  const largest = grow(grow(note, "addSample", 5), "addClass", 7);
  const model = derive(lab, largest);
  bench("the note's 3 x 3", () => void derive(lab, note));
  bench("the largest, 8 x 10", () => void derive(lab, largest));
  bench("the lights of a question, 8 x 10", () => void lightsOf(model, cell("softmax", 3, 3)));
});
