// Text becomes tensors: what print() shows of PyTorch, NumPy and others, lists, code, CSV, rows. Understood or refused,
// never guessed: no number of a text is left out in silence, and nothing is evaluated.
//
//   readText("tensor([[1.5, -2.25], [0.1, 3.]])\ntensor([0, 1])")   // two tensors, float32 (2, 2) and int64 (2)

import { match, type Piece, type Steps } from "./brackets.ts";
import { gather } from "./gather.ts";
import { Pasted } from "./pasted.ts";
import { Refused, refuse } from "./refusal.ts";
import { readStatements } from "./statements.ts";
import { readTable, type Ways } from "./table.ts";
import type { Notice, Reading, ReadOptions, ReadTensor, Understood } from "./types.ts";

/** Reads a text at once. `source`: the name of the file that it is from. */
export function readText(text: string, source: string | null = null): Reading {
  const steps = readingText(text, source);
  while (true) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Reads a text in pieces, between which others have their turn. Rejects with the signal's reason. */
export async function readTextInTurns(
  text: string,
  { onProgress, signal }: ReadOptions = {},
  source: string | null = null,
): Promise<Reading> {
  const steps = readingText(text, source);
  while (true) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return value;
    onProgress?.(value);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Reading as steps of about a millisecond; each says how far it is, from 0 to 1. */
export function* readingText(text: string, source: string | null = null): Generator<number, Reading, void> {
  try {
    const reading = read(new Pasted(text, source));
    while (true) {
      const { done, value } = reading.next();
      if (done) return value;
      yield value / text.length;
    }
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", refusal: error.refusal };
    throw error;
  }
}

function* read(pasted: Pasted): Steps<Reading> {
  const { text } = pasted;
  const start = text.search(/\S/);
  if (start < 0) refuse("nothing", pasted.place(0));
  const { question, ways } = isTable(text) ? yield* readTable(pasted) : yield* readBracketed(pasted);
  const read = ways.map(({ id, pieces, notices }) => ({ id, understood: understood(pasted, pieces, notices) }));
  const [first] = read;
  if (first && question === null) return { kind: "understood", understood: first.understood };
  const { kind = "", at = start, details = {} } = question ?? {};
  return { kind: "question", question: { kind, place: pasted.place(at), details }, ways: read };
}

/** Whether the text has no brackets, names or calls, other than in its first line, which may be a header. */
function isTable(text: string): boolean {
  const marks = /[[{(<=]/;
  if (!marks.test(text)) return true;
  const line = /[\n\r]\s*(?=\S)/g;
  line.lastIndex = text.search(/\S/);
  const end = line.exec(text)?.index ?? text.length;
  return end < text.length && !marks.test(text.slice(end)) && /[,;\t|]/.test(text.slice(0, end));
}

function* readBracketed(pasted: Pasted): Steps<Ways> {
  const { pieces, notices } = yield* readStatements(pasted);
  if (pieces.length === 0) {
    const start = pasted.text.search(/\S/);
    const [word = ""] = match(/\S+/y, pasted.text, start) ?? [];
    refuse("notANumber", pasted.place(start), { token: word });
  }
  return gather(pieces, notices);
}

function understood(pasted: Pasted, pieces: readonly Piece[], notices: readonly Notice[]): Understood {
  const all = [...notices];
  const tensors = pieces.map((piece): ReadTensor => {
    const { name, shape, values, said } = piece;
    const place = pasted.place(piece.at);
    if (!("held" in values)) return { name, shape, place, dtype: "str", data: values };
    const dtype = said ?? values.meant(piece.made === "array" ? "float64" : "float32");
    const { data, notices } = values.held(dtype, place);
    all.push(...notices);
    return { name, shape, place, dtype, stated: said !== null, data, decimals: values.decimals };
  });
  return { tensors, reported: { loss: null, accuracy: null, classes: null }, error: null, notices: all };
}
