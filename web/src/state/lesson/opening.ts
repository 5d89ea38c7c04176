// From what an address or an element says to the part of the state that it means.

import type { Dtype } from "../../api/index.ts";
import { BATCH, type BatchSettings, type Data, LABELS, MATRIX } from "../parameters.ts";
import type { Problem } from "../problem.ts";
import { range } from "../range.ts";
import { readHash } from "../url.ts";
import { cast } from "./entry.ts";
import { classesOf, type Example } from "./example.ts";
import { isInLimits, remarksOf } from "./limits.ts";
import { NOTE, PRESETS, SHARPNESS } from "./presets.ts";
import type { State } from "./state.ts";

/** What the data of one layer make of the ground that they stand on. */
interface Shown {
  readonly example: Example;
  readonly problems: readonly Problem[];
  /** The parameter whose matrix cannot be shown: labels of a later layer would be its labels. */
  readonly lost: string | null;
}

/** The example that the data name; what they leave open is as in `ground`, or in the preset that they name. */
export function exampleOf(data: Data, ground: Example, before: string | null = null): Shown {
  const from = data.preset === undefined ? ground : exampleOf(readHash(PRESETS[data.preset]).data, NOTE).example;
  const dtype = data.dtype ?? from.dtype;
  const refusal = data.refused === undefined ? refusalOf(data) : null;
  const isOwn = MATRIX.some((name) => name in data);
  const lost = data.refused ?? refusal?.name ?? (isOwn ? null : before);
  // Half a matrix would be another one, and the labels of rows that nobody sees would be those of others.
  const belonging = lost === null ? [] : [...MATRIX, ...LABELS].filter((name) => name in data && name !== lost);
  const problems: Problem[] = [
    ...(refusal ? [refusal] : []),
    ...belonging.map((name) => ({ name, rule: { kind: "belongs", other: lost ?? "" } as const })),
    ...(lost === null ? givingWay(data) : []),
    ...(lost === null ? remarks(data, dtype) : []),
  ];
  const base = lost === null ? from : ground;
  const { x, seed } = lost === null ? matrixOf(data, from, dtype) : ground;
  /** As many labels as there are rows. Of those from before, labels without a row go, rows without one get the first. */
  const labels = (name: (typeof LABELS)[number], before: readonly number[], first: number) => {
    const given = lost === null ? data[name] : undefined;
    if (given?.length === x.length) return given;
    if (given) problems.push({ name, rule: { kind: "labels", got: given.length, samples: x.length } });
    return x.map((_, row) => before[row] ?? first);
  };
  const target = labels("y", base.target, 0);
  // Of numbers that are the reader's own, the last step judges their own labels.
  const own = lost === null && (data.x !== undefined || target === data.y);
  const example: Example = {
    x,
    target,
    dtype,
    reduction: data.reduction ?? from.reduction,
    seed,
    countedLabels: labels("counted", own ? target : base.countedLabels, 1),
  };
  return { example, problems, lost };
}

/** Why what the data say of the matrix cannot be; null: it can, or they say nothing. */
function refusalOf({ x, seed, shape }: Data): Problem | null {
  if (x !== undefined || shape === undefined) return null;
  if (seed === undefined) return { name: "shape", rule: { kind: "needs", other: "seed" } };
  const [rows = 0, columns = 0] = shape;
  return isInLimits(rows, columns)
    ? null
    : { name: "shape", rule: { kind: "matrix", problem: { kind: "size", rows, columns } } };
}

/** What there is to say of how x was read. */
function remarks({ x }: Data, dtype: Dtype): Problem[] {
  if (x === undefined) return [];
  return remarksOf(x, dtype).map((notice) => ({ name: "x", rule: { kind: "read", notice } }));
}

/** What another parameter makes idle: x goes before a seed, and both before the matrix of a preset. */
function givingWay(data: Data): Problem[] {
  const other = data.x !== undefined ? "x" : data.seed !== undefined ? "seed" : null;
  if (other === null) return [];
  const idle = (other === "x" ? ["seed", "shape", "preset"] : ["preset"]).filter((name) => name in data);
  return idle.map((name) => ({ name, rule: { kind: "givesWay", other } }));
}

function matrixOf({ x, seed, shape }: Data, from: Example, dtype: Dtype): Pick<Example, "x" | "seed"> {
  if (x !== undefined) return { x: x.x.map((row) => row.map((entry) => cast(entry, dtype))), seed: null };
  if (seed === undefined) return from;
  const [samples = 0, classes = 0] = shape ?? [from.x.length, classesOf(from)];
  return { x: range(samples).map(() => range(classes).map(() => ({ text: "0", value: 0 }))), seed };
}

/** What an address or an element opens. */
export type Opening = Pick<State, "example" | "start" | "question" | "shifted" | "batch" | "problems">;

/** What the layers say, each on the ground of the one before; what they leave open is as on a plain page. */
export function openingOf(layers: readonly Data[], problems: readonly Problem[]): Opening {
  const all = [...problems];
  let example = NOTE;
  let lost: string | null = null;
  for (const layer of layers) {
    const next: Shown = exampleOf(layer, example, lost);
    ({ example, lost } = next);
    all.push(...next.problems);
  }
  const said: Data = Object.assign({}, ...layers);
  const { pipeline, sharpness, form } = said;
  return {
    example,
    start: example,
    question: {
      sharpness: sharpness ?? SHARPNESS.start,
      softmaxInFront: pipeline !== "plain",
    },
    shifted: form === "shifted",
    batch: Object.fromEntries(Object.entries(said).filter(([name]) => name in BATCH)) as BatchSettings,
    problems: all,
  };
}
