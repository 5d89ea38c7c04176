// Reads whatever may be x or labels, in the words of whoever wrote it. It comes late (late.ts).

import { numberAt } from "../../read/arrays.ts";
import { isFloating } from "../../read/dtypes.ts";
import { readTensors } from "../../read/tensors.ts";
import type { Notice, ReadTensor, Understood } from "../../read/types.ts";
import { entryOf } from "./entry.ts";
import { isInLimits, LONGEST, type Logits, type LogitsProblem, type NotLogits } from "./limits.ts";

/** A label that is no class is shown, with what PyTorch says; a longer one finds no room. */
const MAX_LABEL = 999;

/**
 * Reads x, and its labels if they are there too. Of several ways to read it the one with this id; "plain" is the way in
 * which every number is one of x, as an address and an attribute mean it.
 */
export function parseLogits(text: string, way: string | null = null): Logits | NotLogits {
  const refuse = (problem: LogitsProblem): NotLogits => ({ ok: false, problem });
  if (text.length > LONGEST) return refuse({ kind: "tooLong", length: text.length, most: LONGEST });
  // All digits are kept: the dtype of the example decides how many count.
  const reading = readTensors(text, { float: "float64" });
  if (reading.kind === "refused") return refuse(reading);
  if (reading.kind === "understood") return logitsIn(reading.understood);
  const { question, ways } = reading;
  const chosen = way === "plain" ? ways[0] : ways.find(({ id }) => id === way);
  if (chosen) return logitsIn(chosen.understood);
  return refuse({
    kind: "question",
    question,
    ways: ways.map(({ id, understood }) => ({ id, shapes: understood.tensors.map(({ shape }) => shape) })),
  });
}

function logitsIn({ tensors, notices }: Understood): Logits | NotLogits {
  const shapes = tensors.map(({ shape }) => shape);
  const [x, y = null, ...more] = tensors;
  if (x === undefined || x.dtype === "str" || x.shape.length > 2 || more.length > 0) {
    return { ok: false, problem: { kind: "shapes", shapes } };
  }
  const [rows = 1, columns = 1] = x.shape.length === 1 && !x.column ? [1, ...x.shape] : x.shape;
  if (!isInLimits(rows, columns)) return { ok: false, problem: { kind: "size", rows, columns } };
  const target = y && labelsIn(y, rows);
  if (y !== null && target === null) return { ok: false, problem: { kind: "shapes", shapes } };
  const entry = (i: number) => entryOf(numberAt(x, i), "float64");
  const { dtype, stated } = x;
  return {
    ok: true,
    x: Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, c) => entry(row * columns + c))),
    target,
    dtype: stated && (dtype === "float32" || dtype === "float64") ? dtype : null,
    notices: x.name === null || LOGITS.test(x.name) ? notices : [...notices, named(x)],
  };
}

/** Names that say it is x; of others it is said what they are. */
const LOGITS = /^(x|logits?|inputs?|outputs?|preds?|predictions?|scores?)$/i;

const named = ({ name, place }: ReadTensor): Notice => ({ kind: "named", place, details: { name: name ?? "" } });

/** One whole number for each row; null: these are no such labels. */
function labelsIn(y: ReadTensor, rows: number): readonly number[] | null {
  const labels = wholeNumbersIn(y);
  return labels?.length === rows && labels.every((label) => label >= 0 && label <= MAX_LABEL) ? labels : null;
}

/** Whole numbers in a row or a column; null: it is something else. */
function wholeNumbersIn(tensor: ReadTensor): readonly number[] | null {
  if (tensor.dtype === "str" || isFloating(tensor.dtype)) return null;
  if (tensor.shape.filter((size) => size !== 1).length > 1) return null;
  return Array.from({ length: tensor.data.length }, (_, i) => numberAt(tensor, i));
}

/** Reads whole numbers, as labels are; null: it is something else. */
export function parseLabels(text: string): readonly number[] | null {
  if (text.length > LONGEST) return null;
  const reading = readTensors(text);
  const [y, ...more] = reading.kind === "understood" ? reading.understood.tensors : [];
  const labels = y && more.length === 0 ? wholeNumbersIn(y) : null;
  return labels?.every(Number.isSafeInteger) ? labels : null;
}
