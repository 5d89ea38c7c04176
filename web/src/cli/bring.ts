// Files become a batch, or the reason why they do not.

import type { CliText } from "../i18n/cli/types.ts";
import { type Language, list as lists } from "../i18n/language.ts";
import { noticeText, questionText, refusalText } from "../i18n/read/said.ts";
import { readTexts } from "../i18n/read/words.ts";
import { type Batch, batchOf, type Corrections } from "../read/batch.ts";
import { type BroughtFile, readFiles } from "../read/files.ts";
import { readReported } from "../read/report.ts";
import type { ErrorText, Notice, Reading, ReadOptions, ReadTensor, Understood } from "../read/types.ts";
import { type Arguments, Refusal, STANDARD_INPUT } from "./arguments.ts";

export interface Words {
  readonly language: Language;
  readonly text: CliText;
}

export interface Brought {
  readonly batch: Batch;
  readonly error: ErrorText | null;
  /** Remarks of reading, in words. */
  readonly notices: readonly string[];
}

/** The bytes of a file, or of standard input. */
export type Open = (file: string) => Promise<Uint8Array<ArrayBuffer>>;

export async function bring(given: Arguments, open: Open, words: Words, options: ReadOptions): Promise<Brought> {
  const names = given.weight === null ? given.files : [...given.files, given.weight];
  const read: Understood[] = [];
  for (const name of names) read.push(await readOne({ name, bytes: await opened(name, open, words) }, words, options));
  const tensors = read.flatMap((one) => one.tensors);
  const places = placesIn(read);
  const corrections = {
    ...given.corrections,
    ...pick("logits", places(0), given.logits, tensors, words),
    ...pick(
      "target",
      given.files.length > 1 ? places(1) : places(0),
      given.labels,
      tensors,
      words,
      given.files.length > 1,
    ),
    ...(given.weight === null ? {} : { weight: onlyOne(given.weight, places(names.length - 1), tensors, words) }),
  };
  const [first] = read;
  const understood: Understood = {
    tensors,
    reported: {
      loss: given.loss ?? found(read, "loss"),
      accuracy: given.accuracy ?? found(read, "accuracy"),
      classes: given.classes ?? found(read, "classes"),
    },
    error: first?.error ?? read[1]?.error ?? null,
    notices: read.flatMap((one) => one.notices),
  };
  const batching = batchOf(understood, corrections);
  if (batching.kind === "question") {
    const areNamed = tensors.every(({ name }) => name !== null);
    const { whichIsWhich, twoNameless } = words.text;
    throw new Refusal([areNamed ? whichIsWhich : twoNameless, namesOf(tensors, words)].join(" "));
  }
  // What was said of the loss is not left out.
  const isUsed = ({ kind, details }: Notice) => kind === "leftOut" && readReported(`${details.text}`) !== null;
  const notices = understood.notices
    .filter((notice) => !isUsed(notice))
    .map((notice) => noticeText(readTexts[words.language], notice));
  return { batch: batching.batch, error: understood.error, notices };
}

async function opened(name: string, open: Open, { text }: Words): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await open(name);
  } catch (error) {
    // "ENOENT: no such file or directory, open 'x.npy'": which one is said already.
    throw new Refusal(text.cannotOpen(name, (error as Error).message.replace(/, \w+ '.*'$/s, "")));
  }
}

async function readOne(file: BroughtFile, { language, text }: Words, options: ReadOptions): Promise<Understood> {
  const name = file.name === STANDARD_INPUT ? text.standardInput : file.name;
  const reading: Reading = await readFiles([{ ...file, name }], options);
  const words = readTexts[language];
  if (reading.kind === "understood") return reading.understood;
  if (reading.kind === "question") {
    const ways = reading.ways.map(({ id }) => `  ${words.way(id)}`);
    const question = questionText(words, reading.question);
    throw new Refusal([text.cannotRead(name, question), text.twoWays, ...ways].join("\n"));
  }
  const { refusal } = reading;
  const reason = refusalText(words, {
    ...refusal,
    place: { ...refusal.place, source: inFile(refusal.place.source, name) },
  });
  const fix = refusal.fix === null ? [] : [words.instead(refusal.fix)];
  throw new Refusal([text.cannotRead(name, reason), ...fix].join("\n"));
}

/** What is said beside the file's own name; that is said already. */
function inFile(source: string | null, file: string): string | null {
  return source === file ? null : source;
}

/** The tensors of the i-th file, by their places among all. */
function placesIn(read: readonly Understood[]): (i: number) => readonly number[] {
  const ends = read.reduce<number[]>((sums, { tensors }) => sums.concat((sums.at(-1) ?? 0) + tensors.length), []);
  return (i) => Array.from({ length: read[i]?.tensors.length ?? 0 }, (_, k) => (ends[i - 1] ?? 0) + k);
}

/** The array of that name; or, of a file for it alone, the only one. */
function pick(
  role: "logits" | "target",
  places: readonly number[],
  name: string | null,
  tensors: readonly ReadTensor[],
  words: Words,
  isOwnFile = false,
): Corrections {
  if (name !== null) {
    const named = tensors.findIndex((tensor, place) => tensor.name === name && (places.includes(place) || !isOwnFile));
    if (named < 0) throw new Refusal(words.text.noSuchArray(name, namesOf(tensors, words)));
    return { [role]: named };
  }
  return isOwnFile && places.length === 1 && places[0] !== undefined ? { [role]: places[0] } : {};
}

function onlyOne(file: string, places: readonly number[], tensors: readonly ReadTensor[], words: Words): number {
  const [place] = places;
  if (place === undefined || places.length > 1) {
    const names = namesOf(
      places.map((at) => tensors[at] as ReadTensor),
      words,
    );
    throw new Refusal(words.text.notOneArray(file, names));
  }
  if (tensors[place]?.dtype === "str") throw new Refusal(words.text.words);
  return place;
}

function namesOf(tensors: readonly ReadTensor[], { language, text }: Words): string {
  return lists[language](tensors.map(({ name, shape }) => `${name ?? text.nameless} [${shape.join(", ")}]`));
}

function found<Name extends keyof Understood["reported"]>(
  read: readonly Understood[],
  name: Name,
): Understood["reported"][Name] {
  return (
    read.map(({ reported }) => reported[name]).find((value) => value !== null) ?? (null as Understood["reported"][Name])
  );
}
