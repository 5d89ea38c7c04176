// What is known of each sample, and samples for the lesson.
import type { Address } from "celoss-wasm";
import type { DiagnosisWasm } from "diagnosis-wasm";
import { unexpected } from "../../api/errors.ts";
import { type Memory, type Place, placeOf } from "../../api/marshal.ts";
import { columns, floats } from "./arrays.ts";
import type { Plan } from "./findings.ts";
import { halfPrecision } from "./half-precision.ts";
import { meansOfGroups } from "./means.ts";
import type { Brought, BroughtTensor, Confidence, Lesson, Means, Samples } from "./types.ts";

const BINS = 40;
/** As celoss::Confidence has them. */
const CONFIDENCE_BINS = 20;
/** Up to so many classes, a table of confusions can be looked at. */
const FEW_CLASSES = 64;

export interface SamplePlaces {
  readonly predictions: Place<"int32">;
  readonly confidences: Place<"float32">;
  readonly losses: Place<"float32">;
  readonly labels: Place<"int32">;
}

export function samplesOf(
  memory: Memory<DiagnosisWasm>,
  address: Address,
  brought: Brought,
  plan: Plan,
  places: SamplePlaces,
): Samples | null {
  const { wasm } = memory;
  const C = plan.shape[1];
  if (places.predictions.length === 0 || C === 0) return null;
  const labels = memory.read(places.labels);
  const predictions = memory.read(places.predictions);
  const ignored = plan.target === "indices" ? (brought.ignoreIndex ?? -100) : Number.NaN;

  const counted: number[] = [];
  const noClass: number[] = [];
  const left: number[] = [];
  for (let i = 0; i < labels.length; ++i) {
    const label = labels[i] as number;
    (label === ignored ? left : label < 0 || label >= C ? noClass : counted).push(i);
  }
  const order = placeOf("int32", counted.length, Int32Array.from(counted));
  const counts = placeOf("int32", BINS);
  const { losses } = places;
  memory.place([order, counts]);
  const sorted = [losses.address, losses.length, order.address, order.length] as const;
  memory.check(wasm._sort_worst_first(...sorted));
  const width = wasm._histogram_width(...sorted, BINS);
  memory.check(wasm._histogram(...sorted, width, counts.address, BINS));
  const worstFirst = Uint32Array.from([...memory.read(order), ...noClass, ...left]);
  const bins = Uint32Array.from(memory.read(counts));

  return {
    classes: C,
    losses: memory.read(losses),
    order: worstFirst,
    counted: counted.length,
    predictions,
    confidences: memory.read(places.confidences),
    labels,
    correct: Uint8Array.from(labels, (label, i) => (label === predictions[i] && label !== ignored ? 1 : 0)),
    uniformLoss: wasm._mark(0, C),
    softmaxFloor: wasm._mark(1, C),
    histogram: { width, counts: bins },
    confidence: counted.length > 0 ? confidence(memory, address, C) : null,
    confusion: C <= FEW_CLASSES && labels.length > 0 ? confusion(memory, places, C) : null,
    means: meansOfRows(memory, brought, plan, memory.read(losses), labels),
    halfPrecision: (dtype, loss, options) => halfPrecision(memory, brought, plan, dtype, loss, options),
    lesson: (samples, columns) => lesson(memory, brought, plan, labels, samples, columns),
  };
}

function confidence(memory: Memory<DiagnosisWasm>, address: Address, C: number): Confidence {
  const output = placeOf("float64", 1 + 2 * CONFIDENCE_BINS);
  memory.place([output]);
  memory.wasm._confidence(address, output.address);
  const [mean = Number.NaN, ...counts] = memory.read(output);
  return {
    mean,
    most: memory.wasm._mark(2, C),
    right: counts.slice(0, CONFIDENCE_BINS),
    wrong: counts.slice(CONFIDENCE_BINS),
  };
}

function confusion(memory: Memory<DiagnosisWasm>, { labels, predictions }: SamplePlaces, C: number): Uint32Array {
  const counts = placeOf("int32", C * C);
  memory.place([counts]);
  memory.check(memory.wasm._confusion(labels.address, predictions.address, labels.length, C, counts.address));
  return Uint32Array.from(memory.read(counts));
}

/** The rows of the first axis as groups: of a batch with padding each has its own number of labels. */
function meansOfRows(
  memory: Memory<DiagnosisWasm>,
  { logits, weight, ignoreIndex }: Brought,
  plan: Plan,
  losses: Float32Array,
  labels: Int32Array,
): Means | null {
  const rows = logits?.shape[0] ?? 0;
  const size = losses.length / rows;
  if (plan.target !== "indices" || plan.classAxis === 0 || !(size > 1)) return null;
  const w = weight && plan.hasWeight ? (floats(weight, 0, plan.shape[1]).source as Float64Array) : null;
  const ignored = ignoreIndex ?? -100;
  const weights = Float64Array.from(labels, (label) => (label === ignored ? 0 : w ? (w[label] ?? Number.NaN) : 1));
  return meansOfGroups(memory, Float64Array.from(losses), weights, new Array<number>(rows).fill(size));
}

function lesson(
  memory: Memory<DiagnosisWasm>,
  { logits }: Brought,
  plan: Plan,
  labels: Int32Array,
  samples: readonly number[],
  most: number,
): Lesson {
  const [N, C, D] = plan.shape;
  if (samples.length === 0 || !samples.every((i) => Number.isInteger(i) && i >= 0 && i < N * D)) {
    throw unexpected("samples", `numbers from 0 to ${N * D - 1}`, samples);
  }
  const rows = new Float64Array(samples.length * C);
  for (const [i, sample] of samples.entries()) {
    const { source } = columns(logits as BroughtTensor, plan.shape, Math.floor(sample / D), sample % D, 1);
    rows.set(source as Float64Array, i * C);
  }
  const own = plan.target === "indices" ? samples.map((sample) => labels[sample] as number) : [];
  const wanted = [...new Set(own.filter((label) => label >= 0 && label < C))];
  const isWhole = C <= most;
  if (!isWhole && wanted.length >= most) {
    throw unexpected("columns", `at least ${wanted.length + 1} for these labels and the rest`, most);
  }

  const { wasm } = memory;
  const x = placeOf("float64", rows.length, rows);
  const needed = placeOf("int32", wanted.length, Int32Array.from(wanted));
  const chosen = placeOf("int32", isWhole ? C : most - 1);
  const output = placeOf("float64", chosen.length + 1);
  memory.place([x, needed, chosen, output]);
  memory.check(
    wasm._largest_classes(x.address, samples.length, C, needed.address, needed.length, chosen.address, chosen.length),
  );
  const classes = [...memory.read(chosen)];
  const width = isWhole ? C : most;
  const data = new Float64Array(samples.length * width);
  for (let i = 0; i < samples.length; ++i) {
    memory.check(wasm._columns_and_rest(x.address + 8 * i * C, C, chosen.address, chosen.length, output.address));
    data.set(memory.read(output).subarray(0, width), i * width);
  }
  return {
    logits: { shape: [samples.length, width], data },
    classes: isWhole ? classes : [...classes, null],
    labels: own.length === 0 ? null : own.map((label) => (classes.includes(label) ? classes.indexOf(label) : -100)),
  };
}
