// Text becomes tensors: what print() shows of PyTorch, NumPy and others, lists, code, CSV, rows. Understood or refused,
// never guessed: no number of a text is left out in silence, and nothing is evaluated.

import { match, type Piece, type Steps } from "./brackets.ts";
import { gather } from "./gather.ts";
import { oldPrintIn, readOldPrint } from "./old-print.ts";
import { Paste } from "./paste.ts";
import { Refused, refuse } from "./refusal.ts";
import { readStatements, type Statements } from "./statements.ts";
import { readTable } from "./table.ts";
import type { Notice, Reading, ReadTensor, TextOptions, Understood } from "./types.ts";

type Float = Exclude<TextOptions["float"], undefined>;

/** Reads the tensors in a text at once. */
export function readTensors(text: string, options: TextOptions = {}): Reading {
  const steps = readingTensors(text, options);
  while (true) {
    const { done, value } = steps.next();
    if (done) return value.reading;
  }
}

/** A reading, and the words around its tensors. */
export interface TensorsAndWords {
  readonly reading: Reading;
  readonly words: string;
}

/** Reading as steps of about a millisecond; each says how far it is, from 0 to 1. */
export function* readingTensors(
  text: string,
  { source = null, float = "float32" }: TextOptions = {},
): Generator<number, TensorsAndWords, void> {
  try {
    const reading = read(new Paste(text, source), float);
    while (true) {
      const { done, value } = reading.next();
      if (done) return value;
      yield value / text.length;
    }
  } catch (error) {
    if (error instanceof Refused) return { reading: { kind: "refused", refusal: error.refusal }, words: "" };
    throw error;
  }
}

function* read(pasted: Paste, float: Float): Steps<TensorsAndWords> {
  const footer = FOOTER.exec(pasted.text);
  if (footer) pasted = pasted.with((text) => text.slice(0, footer.index).padEnd(text.length));
  const { text } = pasted;
  const start = text.search(/\S/);
  if (start < 0) refuse("nothing", pasted.place(0));
  const old = oldPrintIn(pasted);
  const table = old ? yield* readOldPrint(old) : isTable(text) ? yield* readTable(pasted) : null;
  const statements = table === null ? yield* readBracketed(pasted) : null;
  const { question, ways } = table ?? gather(statements?.pieces ?? [], statements?.notices ?? []);
  const words = statements?.words ?? "";
  const [only, ...others] = ways[0]?.pieces ?? [];
  if (only && others.length === 0 && only.said === null && only.shape.at(-1) === 0) {
    refuse("empty", pasted.place(only.at), { shape: only.shape });
  }
  const read = ways.map(({ id, pieces, notices }) => ({ id, understood: understood(pasted, pieces, notices, float) }));
  const [first] = read;
  if (first && question === null) return { reading: { kind: "understood", understood: first.understood }, words };
  const { kind = "", at = start, details = {} } = question ?? {};
  return { reading: { kind: "question", question: { kind, place: pasted.place(at), details }, ways: read }, words };
}

/** What pandas prints below a large table. */
const FOOTER = /\n[^\S\n]*\[?\d+ rows [x×] \d+ columns\]?\s*$/;

/** Whether the text has no brackets, names or calls, other than in its first line, which may be a header. */
function isTable(text: string): boolean {
  const marks = /[[{(<=]/;
  if (!marks.test(text)) return true;
  const line = /[\n\r]\s*(?=\S)/g;
  line.lastIndex = text.search(/\S/);
  const end = line.exec(text)?.index ?? text.length;
  const header = text.slice(0, end);
  const isClosed = header.split(/[[({]/).length === header.split(/[\])}]/).length;
  return end < text.length && isClosed && /[,;\t|]/.test(header) && !marks.test(text.slice(end));
}

function* readBracketed(pasted: Paste): Steps<Statements> {
  const statements = yield* readStatements(pasted);
  if (statements.pieces.length === 0) {
    const start = pasted.text.search(/\S/);
    const [word = ""] = match(/\S+/y, pasted.text, start) ?? [];
    refuse("notANumber", pasted.place(start), { token: word });
  }
  return statements;
}

function understood(pasted: Paste, pieces: readonly Piece[], notices: readonly Notice[], float: Float): Understood {
  const all = [...notices];
  const tensors = pieces.map((piece): ReadTensor => {
    const { name, shape, values, said } = piece;
    const place = pasted.place(piece.at);
    if (!("held" in values)) return { name, shape, place, dtype: "str", data: values };
    const dtype = said ?? values.meant(piece.made === "array" ? "float64" : float);
    const { data, notices } = values.held(dtype, place);
    all.push(...notices);
    const column = piece.column ? { column: true } : {};
    return {
      name,
      shape,
      place,
      dtype,
      stated: said !== null || dtype === "bool",
      data,
      decimals: values.decimals,
      ...column,
      header: piece.header,
    };
  });
  return { tensors, reported: { loss: null, accuracy: null, classes: null }, error: null, notices: all };
}
