// Reads and judges what is brought, one order after the other. It runs in a worker, or, where none can start, in the
// page: it works in pieces and lets others run between them.

import type { BroughtTensor, DiagnosisCore, HalfPrecision, Samples } from "../../lab/diagnosis/types.ts";
import type { Running } from "../../lab/thread.ts";
import { type Batch, batchOf } from "../../read/batch.ts";
import type { Reading, ReadOptions, Understood } from "../../read/types.ts";
import { compare, partsOf } from "./comparison.ts";
import { diagnosisOfError, withErrorText } from "./error-findings.ts";
import type {
  BatchSummary,
  Judgement,
  Material,
  Order,
  ReadingSummary,
  Report,
  Said,
  SampleFigures,
  UnderstoodSummary,
} from "./messages.ts";
import { previewOf } from "./preview.ts";
import { LESSON_COLUMNS } from "./state.ts";

export interface Readers {
  read(material: Material, options: ReadOptions): Promise<Reading>;
  core(): Promise<DiagnosisCore>;
}

/** Takes orders; a new one gives up what is being done for the one before. */
export function startEngine(readers: Readers, tell: (report: Report) => void): Running<Order> {
  let working = new AbortController();
  let reading: Reading | null = null;
  let samples: Samples | null = null;
  /** Their names; none: it was no file. */
  let files: readonly string[] = [];

  async function read(id: number, material: Material, options: ReadOptions): Promise<void> {
    reading = null;
    samples = null;
    files = "files" in material ? material.files.map(({ name }) => name) : [];
    const read = await readers.read(material, options);
    options.signal?.throwIfAborted();
    reading = read;
    tell({ type: "read", id, reading: summaryOf(reading) });
  }

  async function judge(id: number, said: Said, options: ReadOptions): Promise<void> {
    const understood = understoodOf(reading, said);
    const batching = batchOf(understood, said.corrections);
    const typed = said.weight && weightOf(said.weight);
    const { signal = new AbortController().signal } = options;
    const parts = files.length > 1 ? await partsOf(await readers.core(), understood, files, said, typed, signal) : null;
    signal.throwIfAborted();
    if (batching.kind === "question") {
      tell({
        type: "asked",
        id,
        ways: batching.ways.map((way) => ({ ...way, batch: withoutTensors(way.batch) })),
        parts,
      });
      return;
    }
    const judged = (judgement: Judgement | null, figures: SampleFigures | null) =>
      tell({ type: "judged", id, judgement, figures, parts });
    const { batch } = batching;
    // Where there is an error's text and no tensor, it is what is judged.
    if (understood.error !== null && batch.logits === null && batch.target === null) {
      const diagnosis = diagnosisOfError(understood.error, said.classes ?? batch.classes, "");
      judged({ batch: withoutTensors(batch), diagnosis, samples: 0 }, null);
      return;
    }
    const { loss, accuracy, classes } = said;
    const brought = {
      ...batch,
      weight: batch.weight ?? typed,
      // Of labels alone there is no loss.
      target: batch.logits && batch.target,
      loss: loss ?? batch.loss,
      accuracy: accuracy ?? batch.accuracy,
      classes: classes ?? batch.classes,
    };
    if (understood.tensors.length === 0 && brought.loss === null) {
      judged(null, null);
      return;
    }
    const core = await readers.core();
    const { diagnosis: ofNumbers, samples: found } = await core.diagnose(brought, options);
    const diagnosis = withErrorText(ofNumbers, understood.error);
    signal.throwIfAborted();
    samples = found;
    const count = found?.predictions.length ?? 0;
    judged({ batch: withoutTensors(batch), diagnosis, samples: count }, found && figuresOf(found));
    // With the verdict there, nobody waits for it.
    if (found === null || diagnosis.loss === null || !Number.isFinite(diagnosis.loss.value)) return;
    const halves: HalfPrecision[] = [];
    for (const dtype of ["bfloat16", "float16"] as const) {
      const half = await found.halfPrecision(dtype, diagnosis.loss.value, { signal });
      if (half) halves.push(half);
    }
    if (halves.length > 0) tell({ type: "halves", id, halves });
  }

  function post(order: Order): void {
    const { id } = order;
    if (order.type === "lesson") {
      if (samples) tell({ type: "lesson", id, lesson: samples.lesson(order.samples, LESSON_COLUMNS) });
      return;
    }
    const fail = (error: unknown) => tell({ type: "failed", id, message: String(error) });
    if (order.type === "compare") {
      const { before, after } = order;
      readers.core().then((core) => tell({ type: "compared", id, comparison: compare(core, before, after) }), fail);
      return;
    }
    working.abort();
    working = new AbortController();
    const { signal } = working;
    const options = {
      signal,
      onProgress: (done: number) => {
        if (!signal.aborted) tell({ type: "progress", id, done });
      },
    };
    const work = order.type === "read" ? read(id, order.material, options) : judge(id, order.said, options);
    work.catch((error: unknown) => {
      if (!signal.aborted) fail(error);
    });
  }

  function end(): void {
    working.abort();
    reading = null;
    samples = null;
  }

  return { post, end };
}

/** Of the dtype that it has to be. */
const weightOf = (weight: readonly number[]): BroughtTensor => ({
  shape: [weight.length],
  dtype: "float64",
  stated: false,
  data: Float64Array.from(weight),
  decimals: null,
});

/** What of the samples can be sent: values, and no functions. */
function figuresOf({ lesson: _, halfPrecision: __, ...figures }: Samples): SampleFigures {
  return figures;
}

/** What is judged: of a question, the way that was chosen. */
function understoodOf(reading: Reading | null, { way }: Said): Understood {
  if (reading?.kind === "understood") return reading.understood;
  const chosen = reading?.kind === "question" ? reading.ways.find(({ id }) => id === way) : undefined;
  return chosen?.understood ?? NOTHING;
}

const NOTHING: Understood = {
  tensors: [],
  reported: { loss: null, accuracy: null, classes: null },
  error: null,
  notices: [],
};

export function withoutTensors({ logits: _, target: __, weight: ___, ...batch }: Batch): BatchSummary {
  return batch;
}

export function summaryOf(reading: Reading): ReadingSummary {
  switch (reading.kind) {
    case "understood":
      return { kind: "understood", understood: withoutData(reading.understood) };
    case "question":
      return {
        ...reading,
        ways: reading.ways.map(({ id, understood }) => ({ id, understood: withoutData(understood) })),
      };
    case "refused":
      return reading;
  }
}

function withoutData({ tensors, error, ...rest }: Understood): UnderstoodSummary {
  return {
    ...rest,
    error: error?.text ?? null,
    tensors: tensors.map((tensor) => ({
      name: tensor.name,
      shape: tensor.shape,
      dtype: tensor.dtype,
      stated: tensor.dtype === "str" || tensor.stated,
      decimals: tensor.dtype === "str" ? null : tensor.decimals,
      place: tensor.place,
      preview: previewOf(tensor),
    })),
  };
}
