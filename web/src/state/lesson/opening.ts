// From what an address or an element says to the state it means.

import type { Dtype } from "../../api/index.ts";
import type { Data } from "../parameters.ts";
import type { Problem } from "../problem.ts";
import { range } from "../range.ts";
import { readHash } from "../url.ts";
import { entryProblem } from "./entry.ts";
import type { Example } from "./example.ts";
import { isInLimits } from "./limits.ts";
import { NOTE, PRESETS, SHARPNESS } from "./presets.ts";
import type { State } from "./state.ts";

/** The example that the data name; what they leave open is as in `ground`, or in the preset that they name. */
export function exampleOf(data: Data, ground: Example): { example: Example; problems: readonly Problem[] } {
  const from = data.preset === undefined ? ground : exampleOf(readHash(PRESETS[data.preset]).data, NOTE).example;
  const dtype = data.dtype ?? from.dtype;
  const problems: Problem[] = [];
  const { x, seed } = matrixOf(data, from, dtype, problems);
  /** Labels without a row go, rows without one get the first. */
  const labels = (name: "y" | "counted", before: readonly number[], first: number) => {
    const given = data[name] ?? before;
    if (data[name] && given.length !== x.length) problems.push({ name, bad: [given.join(",")] });
    return x.map((_, row) => given[row] ?? first);
  };
  const example: Example = {
    x,
    target: labels("y", from.target, 0),
    dtype,
    reduction: data.reduction ?? from.reduction,
    seed,
    countedLabels: labels("counted", from.countedLabels, 1),
  };
  return { example, problems };
}

function matrixOf(data: Data, from: Example, dtype: Dtype, problems: Problem[]): Pick<Example, "x" | "seed"> {
  const { x, seed, shape } = data;
  if (x !== undefined) {
    const tooLarge = x.flat().find((entry) => entryProblem(entry.text, dtype) !== null);
    if (tooLarge === undefined) return { x, seed: null };
    problems.push({ name: "x", bad: [tooLarge.text] });
    return from;
  }
  const [samples = 0, classes = 0, ...more] = shape ?? [from.x.length, from.x[0]?.length ?? 0];
  const fits = more.length === 0 && isInLimits(samples, classes);
  if (shape !== undefined && (!fits || seed === undefined)) problems.push({ name: "shape", bad: [shape.join(",")] });
  if (seed === undefined || !fits) return from;
  return { x: range(samples).map(() => range(classes).map(() => ({ text: "0", value: 0 }))), seed };
}

/** The state with what the layers say, each on the ground of the one before; what they leave open is as on a plain page. */
export function withLayers(state: State, layers: readonly Data[]): State {
  const problems: Problem[] = [];
  let example = NOTE;
  for (const layer of layers) {
    const next = exampleOf(layer, example);
    example = next.example;
    problems.push(...next.problems);
  }
  const { pipeline, sharpness, form }: Data = Object.assign({}, ...layers);
  return {
    ...state,
    example,
    start: example,
    question: {
      sharpness: sharpness ?? SHARPNESS.start,
      softmaxInFront: pipeline !== "plain",
    },
    shifted: form === "shifted",
    problems: [...state.problems, ...problems],
  };
}
