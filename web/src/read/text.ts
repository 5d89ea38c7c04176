// Text as somebody brings it: tensors, the text of an error, or a sentence with a loss in it. read/tensors.ts has the grammar.
//
//   readText("tensor([[1.5, -2.25], [0.1, 3.]])\ntensor([0, 1])")   // two tensors, float32 (2, 2) and int64 (2)

import { readErrorText, withoutErrors } from "./error-text.ts";
import { Paste } from "./paste.ts";
import { readReported, withoutFurniture } from "./report.ts";
import { readingTensors, type TensorsAndWords } from "./tensors.ts";
import type { ErrorText, Notice, Reading, ReadTensor, Reported, TextOptions, Understood } from "./types.ts";

/** Reads a text at once. */
export function readText(text: string, options: TextOptions = {}): Reading {
  const steps = readingText(text, options);
  while (true) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Reads a text in pieces, between which others have their turn. Rejects with the signal's reason. */
export async function readTextInTurns(text: string, options: TextOptions = {}): Promise<Reading> {
  const { onProgress, signal } = options;
  const steps = readingText(text, options);
  let turn = performance.now();
  while (true) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - turn < TURN) continue;
    onProgress?.(value);
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    turn = performance.now();
  }
}

/** Milliseconds of reading between two turns of others. */
const TURN = 12;

/** Reading as steps of about a millisecond; each says how far it is, from 0 to 1. */
export function* readingText(text: string, options: TextOptions = {}): Generator<number, Reading, void> {
  const error = readErrorText(text);
  const { rest, raised } = withoutErrors(text, error);
  const unknown = error === null && raised !== null ? unknownError(text, raised, options) : null;
  return together(options, text, rest, yield* readingTensors(error || unknown ? rest : text, options), error, unknown);
}

/** The line that an error ends with. */
function unknownError(text: string, at: number, { source = null }: TextOptions): Notice {
  const pasted = new Paste(text, source);
  const [line = ""] = /.*/.exec(text.slice(at)) ?? [];
  return { kind: "unknownError", place: pasted.place(at), details: { text: pasted.quote(at, at + line.length) } };
}

/** One line of words about a loss; null: it is something else. */
function sentenceIn(text: string, { source = null }: TextOptions): Notice | null {
  const at = text.search(/(?<![a-z])(?:loss|accuracy)(?![a-z])|损失|交叉熵|准确率/i);
  const isLine = at >= 0 && text.length < 1000 && !/[\n\r|\t]/.test(text.trim());
  return isLine ? { kind: "sentence", place: new Paste(text, source).place(at), details: {} } : null;
}

function together(
  options: TextOptions,
  text: string,
  rest: string,
  { reading, words }: TensorsAndWords,
  error: ErrorText | null,
  unknown: Notice | null,
): Reading {
  // Of a log's counts in brackets none are left.
  const isLog = text.length < LONGEST_LOG && text.includes("[") && !withoutFurniture(text).includes("[");
  if (reading.kind === "refused") {
    // Brackets are tensors, and a sentence does not make up for what is refused of them.
    const isBracketed = text.includes("[") && !isLog;
    const reported = isBracketed && error === null ? null : readReported(error ? rest : text);
    if (error === null && reported === null) {
      const notice = unknown ?? (isBracketed ? null : sentenceIn(text, options));
      return notice ? { kind: "refused", refusal: { ...notice, fix: null } } : reading;
    }
    const { kind, place } = reading.refusal;
    const details = { line: place.line ?? 0, column: place.column ?? 0 };
    const isUnread = error !== null && kind !== "nothing" && /[[(]\s*[-+[\d]/.test(rest);
    return understood([], reported ?? NOTHING, error, isUnread ? [{ kind: "unread", place, details }] : []);
  }
  const complete = (read: Understood): Understood => {
    // "loss 1.46", "acc 0.99" in lines look like words in a table.
    const isSentence = isLog || read.tensors.every(isNumber) || (read.tensors.some(isWords) && !text.includes("["));
    const reported = readReported(isSentence ? (error ? rest : text) : words);
    // print(loss)
    const isLoss = !words && read.tensors.length === 1 && read.tensors.every(isNumber);
    const named = (tensor: ReadTensor) =>
      isLoss && tensor.name === null && tensor.dtype.includes("float") ? { ...tensor, name: "loss" } : tensor;
    const tensors = isSentence && reported !== null ? [] : read.tensors.map(named);
    const notices = unknown ? [...read.notices, unknown] : read.notices;
    return { ...read, tensors, reported: reported ?? NOTHING, error, notices };
  };
  if (reading.kind === "understood") return { kind: "understood", understood: complete(reading.understood) };
  return { ...reading, ways: reading.ways.map(({ id, understood }) => ({ id, understood: complete(understood) })) };
}

/** As much as is read of a sentence. */
const LONGEST_LOG = 65536;

const NOTHING: Reported = { loss: null, accuracy: null, classes: null };

const isWords = ({ dtype }: ReadTensor): boolean => dtype === "str";

const isNumber = ({ shape }: ReadTensor): boolean => shape.length === 0;

function understood(
  tensors: readonly ReadTensor[],
  reported: Reported,
  error: ErrorText | null,
  notices: readonly Notice[],
): Reading {
  return { kind: "understood", understood: { tensors, reported, error, notices } };
}
