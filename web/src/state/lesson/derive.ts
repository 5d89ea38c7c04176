// From the state to everything the page shows: the core is asked for the numbers, here they get their places.

import type { Dtype, IndexTensor, Reduction, Tensor } from "../../api/index.ts";
import { CelossError, type Lab, type LogitsTrace } from "../../lab/index.ts";
import type { CellRef, Graph, TensorId } from "./cell.ts";
import { type EntryProblem, entryProblem } from "./entry.ts";
import { classesOf, type Example } from "./example.ts";
import { CONFIDENT_SHARPNESS, QUESTION } from "./presets.ts";
import { allCells, type Light, lights } from "./provenance.ts";
import type { State } from "./state.ts";
import { type Numbers, TENSORS } from "./tensors.ts";

export interface Floors {
  readonly doubleSoftmaxFloor: number;
  readonly doubleSoftmaxCeiling: number;
  readonly uniformLoss: number;
}

/** What PyTorch says of a target it refuses. */
interface TargetError {
  readonly message: string;
  readonly sample: number;
  readonly label: number;
  readonly classes: number;
}

/** A fixed example through both pipelines. */
interface Comparison {
  readonly sharpness: number;
  readonly probs: Tensor;
  readonly target: readonly number[];
  readonly plainLoss: number;
  readonly frontLoss: number;
  readonly floors: Floors;
}

/** The last step: the labels as somebody counted them, and what PyTorch makes of them; its loss is the mean. */
interface CountedLabels {
  readonly labels: readonly number[];
  readonly loss: number | null;
  readonly error: TargetError | null;
  /** 1 can be subtracted from every label. */
  readonly allAtLeastOne: boolean;
  /** The loss after subtracting 1; null: it cannot be subtracted, or not every label would be a class. */
  readonly subtractedLoss: number | null;
}

export interface Model extends Numbers {
  /** What it was made from. */
  readonly example: Example;
  readonly samples: number;
  readonly classes: number;
  readonly problems: readonly (readonly EntryProblem[])[];
  /** softmax as the textbook writes it, without subtracting the maximum; null: it still gives numbers. */
  readonly overflow: Tensor | null;
  readonly targetError: TargetError | null;
  readonly floors: Floors;
  readonly question: Comparison;
  readonly confident: Comparison;
  readonly counted: CountedLabels;
  readonly curve: { readonly p: Tensor; readonly loss: Tensor };
}

const CURVE = { pMin: 0.01, points: 96 } as const;

/** From where to where exp is neither 0 nor inf: a row whose largest logit lies there has a textbook softmax. */
const EXP_RANGE = { float32: { min: -103, max: 88 }, float64: { min: -745, max: 709 } } as const;

/** before is the model of the state before: what the change has not touched is taken over, and not asked for again. */
export function derive(lab: Lab, state: State, before: Model | null = null): Model {
  const { example } = state;
  const kept = (...names: (keyof Example)[]) =>
    before !== null && names.every((name) => before.example[name] === example[name]) ? before : null;
  const sameX = kept("x", "dtype");
  const x = sameX?.x ?? logitsOf(example);
  const classes = classesOf(example);
  const { trace, logitsTrace, targetError } =
    kept("x", "dtype", "target", "reduction") ?? traceOf(lab, x, example.target, example.reduction);
  return {
    example,
    samples: example.x.length,
    classes,
    x,
    problems: example.x.map((row) => row.map((entry) => entryProblem(entry.text, example.dtype))),
    trace,
    logitsTrace,
    overflow: sameX ? sameX.overflow : overflow(lab, x, logitsTrace),
    targetError,
    floors: before?.classes === classes ? before.floors : lab.floors(classes),
    question:
      before?.question.sharpness === state.question.sharpness
        ? before.question
        : compare(lab, state.question.sharpness, before?.question.floors),
    confident: before?.confident ?? compare(lab, CONFIDENT_SHARPNESS),
    counted: kept("x", "dtype", "countedLabels")?.counted ?? countedLabels(lab, x, example.countedLabels),
    curve: before?.curve ?? lab.negLogCurve(CURVE.pMin, CURVE.points),
    graph: graphOf(state, before),
  };
}

/** The same object while nothing in it changes: what is known of a graph stays known. */
function graphOf({ example, shifted }: State, before: Model | null): Graph {
  const { x, target, reduction } = example;
  const graph: Graph = { samples: x.length, classes: classesOf(example), target, reduction, shifted };
  const names = Object.keys(graph) as (keyof Graph)[];
  return before && names.every((name) => before.graph[name] === graph[name]) ? before.graph : graph;
}

function traceOf(
  lab: Lab,
  x: Tensor,
  target: readonly number[],
  reduction: Reduction,
): Pick<Model, "trace" | "logitsTrace" | "targetError"> {
  const { value: trace, error } = tryTarget(() => lab.trace(x, [...target], { reduction }));
  return { trace, logitsTrace: trace?.plain ?? lab.trace(x, null).plain, targetError: error };
}

/** The textbook's softmax where it breaks and the real one does not. */
function overflow(lab: Lab, x: Tensor, { rowMax, softmax }: LogitsTrace): Tensor | null {
  const { min, max } = EXP_RANGE[x.dtype];
  if (rowMax.data.every((logit) => logit >= min && logit <= max)) return null;
  const naive = lab.naiveSoftmax(x);
  return naive.data.some((value, i) => Number.isNaN(value) && !Number.isNaN(softmax.data[i])) ? naive : null;
}

/** x as a tensor of its dtype, from the last good values. */
export function logitsOf(example: Example): Tensor {
  const values = example.x.flatMap((row) => row.map((entry) => entry.value));
  return tensorOf(values, [example.x.length, classesOf(example)], example.dtype);
}

function tensorOf(values: readonly number[], shape: number[], dtype: Dtype): Tensor {
  const data = dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values);
  return { data, shape, dtype };
}

function compare(lab: Lab, sharpness: number, floors?: Floors): Comparison {
  const { logits, target } = QUESTION;
  const sharpened = lab.sharpen(
    logits.map((row) => [...row]),
    sharpness,
  );
  const { plain, softmaxInFront } = lab.trace(sharpened, [...target]);
  return {
    sharpness,
    probs: plain.softmax,
    target,
    plainLoss: scalar(plain.loss),
    frontLoss: scalar(softmaxInFront.loss),
    floors: floors ?? lab.floors(logits[0].length),
  };
}

function countedLabels(lab: Lab, x: Tensor, labels: readonly number[]): CountedLabels {
  const lossOf = (target: number[]) => tryTarget(() => lab.crossEntropy(x, target).loss);
  const { value: loss, error } = lossOf([...labels]);
  const allAtLeastOne = labels.every((label) => label >= 1);
  return {
    labels,
    loss,
    error,
    allAtLeastOne,
    subtractedLoss: allAtLeastOne ? lossOf(labels.map((label) => label - 1)).value : null,
  };
}

function tryTarget<R>(compute: () => R): { value: R | null; error: TargetError | null } {
  try {
    return { value: compute(), error: null };
  } catch (error) {
    if (!(error instanceof CelossError && error.code === "target_out_of_bounds")) throw error;
    const { index, got, expected } = error.details;
    return {
      value: null,
      error: { message: error.message, sample: Number(index), label: Number(got), classes: Number(expected) },
    };
  }
}

/** The tensor that a cell belongs to; null: it has no value now, because the target is refused. */
export function tensorOfCell(model: Model, id: TensorId): Tensor | IndexTensor | null {
  const value = TENSORS[id].in(model) ?? null;
  return typeof value === "number" ? tensorOf([value], [], model.x.dtype) : value;
}

/** All values of a tensor, row by row; empty: it has none now. */
export function valuesOf(model: Model, id: TensorId): number[] {
  return Array.from<number | bigint, number>(tensorOfCell(model, id)?.data ?? [], Number);
}

/** The value of a cell; null: it has none now. */
export function valueAt(model: Model, { tensor, row, column }: CellRef): number | null {
  const values = tensorOfCell(model, tensor);
  if (values === null) return null;
  const width = values.shape.length === 2 ? (values.shape[1] ?? 1) : 1;
  const value = column < width ? values.data[row * width + column] : undefined;
  return value === undefined ? null : Number(value);
}

/** The lights of the asked cell; empty when nothing is asked. */
export function lightsOf(model: Model, asked: CellRef | null): Map<string, Light> {
  if (asked === null || valueAt(model, asked) === null) return new Map();
  return lights(asked, allCells(model.graph), model.graph);
}

/** A loss that was reduced to one number. */
function scalar(loss: number | Tensor | undefined): number {
  return typeof loss === "number" ? loss : Number.NaN;
}
