// One table of parameters, and its spellings: the query of an address and the attributes of <cross-entropy-demo> say how
// the demo is shown, the hash (or attributes again, or a preset) what it shows.
//
//   index.html?step=softmax&lang=zh#v=1&x=1,2;3,4&y=0,1

import type { Dtype, Reduction } from "../api/index.ts";
import { allDigits } from "../format/fixed.ts";
import { type Entry, entryProblem, parseNumber } from "./entry.ts";
import { MAX_CLASSES, MAX_SAMPLES, MIN_CLASSES, parseMatrix } from "./paste.ts";
import { NOTE, PRESETS, SHARPNESS } from "./presets.ts";
import { range } from "./range.ts";
import type { Example, Language, Settings, State, Theme } from "./state.ts";
import { PARTS, STEPS, type StepId } from "./steps.ts";

/** What of a parameter could be used, and what could not. */
interface Reading<T> {
  readonly value: T | null;
  readonly bad: readonly string[];
}

/** One kind of value, and how it is spelled. */
interface Kind<T> {
  read(text: string): Reading<T>;
  write(value: T): string;
}

const used = <T>(value: T): Reading<T> => ({ value, bad: [] });
const unusable = (...bad: string[]): Reading<never> => ({ value: null, bad });

function oneOf<T extends string>(values: readonly T[]): Kind<T> {
  return {
    read: (text) => {
      const value = values.find((known) => known === text.trim().toLowerCase());
      return value === undefined ? unusable(text) : used(value);
    },
    write: String,
  };
}

function listOf<T extends string>(values: readonly T[]): Kind<readonly T[]> {
  return {
    read: (text) => {
      const words = split(text.toLowerCase());
      return {
        value: values.filter((known) => words.includes(known)),
        bad: words.filter((word) => !values.some((known) => known === word)),
      };
    },
    write: (value) => value.join(","),
  };
}

/** As HTML's boolean attributes: to be there is enough. */
const flag: Kind<boolean> = {
  read: (text) =>
    ["", "1", "true", "readonly"].includes(text)
      ? used(true)
      : ["0", "false"].includes(text)
        ? used(false)
        : unusable(text),
  write: (value) => (value ? "1" : "0"),
};

function integer(from: number, to: number): Kind<number> {
  return {
    read: (text) => {
      const value = /^\s*-?\d+\s*$/.test(text) ? Number(text) : Number.NaN;
      return value >= from && value <= to ? used(value) : unusable(text);
    },
    write: String,
  };
}

function integers(from: number, to: number): Kind<readonly number[]> {
  const one = integer(from, to);
  return {
    read: (text) => {
      const readings = split(text.replace(/[[\]]/g, " ")).map(one.read);
      const bad = readings.flatMap((reading) => reading.bad);
      if (bad.length > 0) return unusable(...bad);
      const values = readings.flatMap(({ value }) => value ?? []);
      return values.length >= 1 && values.length <= MAX_SAMPLES ? used(values) : unusable(text);
    },
    write: (values) => values.join(","),
  };
}

/** Rows between semicolons, or a nested list as PyTorch writes it: everything that can be pasted. */
const matrix: Kind<readonly (readonly Entry[])[]> = {
  read: (text) => {
    const pasted = parseMatrix(text);
    if (pasted.ok) {
      return used(pasted.rows.map((row) => row.map((token) => ({ text: token, value: parseNumber(token) ?? 0 }))));
    }
    return unusable(pasted.problem.kind === "notANumber" ? pasted.problem.token : text);
  },
  write: (rows) => rows.map((row) => row.map((entry) => entry.text).join(",")).join(";"),
};

const sharpness: Kind<number> = {
  read: (text) => {
    const value = parseNumber(text) ?? Number.NaN;
    return value >= SHARPNESS.min && value <= SHARPNESS.max ? used(value) : unusable(text);
  },
  write: String,
};

/** As HTML's lang: zh-CN and zh-TW are zh. */
const language: Kind<Language> = {
  read: (text) =>
    oneOf<Language>(["zh", "en"]).read(text.slice(0, 2)).value === null
      ? unusable(text)
      : used(text.slice(0, 2).toLowerCase() as Language),
  write: String,
};

/** How it is shown: in the query. */
const QUERY = {
  step: listOf(STEPS),
  hide: listOf(PARTS),
  readonly: flag,
  theme: oneOf<Theme>(["auto", "light", "dark"]),
  lang: language,
} as const;

/** The version of the spelling below. A link says it, so that a later release knows what it reads. */
const VERSION = 1;
const MAX_SEED = 2 ** 32 - 1;

/** What it shows: in the hash. */
const DATA = {
  preset: oneOf(Object.keys(PRESETS) as (keyof typeof PRESETS)[]),
  x: matrix,
  shape: integers(1, Math.max(MAX_SAMPLES, MAX_CLASSES)),
  y: integers(0, 999),
  dtype: oneOf<Dtype>(["float32", "float64"]),
  reduction: oneOf<Reduction>(["mean", "sum", "none"]),
  /** x is what torch.rand gives for this seed, of the shape above: the core makes it. */
  seed: integer(0, MAX_SEED),
  pipeline: oneOf(["softmax-in-front", "plain"]),
  sharpness,
  form: oneOf(["textbook", "shifted"]),
  counted: integers(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
} as const;

/** Only the hash has these: the version, the step that the reader has come to, and what could not be unpacked. */
const PLACE = {
  v: integer(1, VERSION),
  step: oneOf<StepId>(STEPS),
  z: { read: (text: string) => unusable(text), write: String } as Kind<never>,
} as const;

type Table = Readonly<Record<string, Kind<never>>>;
type Values<T> = { -readonly [Name in keyof T]?: T[Name] extends Kind<infer Value> ? Value : never };

/** The attributes of <cross-entropy-demo>. */
export const ATTRIBUTES: readonly string[] = [...Object.keys(QUERY), ...Object.keys(DATA)];
export type AttributeName = keyof typeof QUERY | keyof typeof DATA;

export type Data = Values<typeof DATA>;

/** A parameter that is not known, or a value that it does not take. */
export interface Problem {
  readonly name: string;
  /** Empty: there is no parameter of this name. */
  readonly bad: readonly string[];
}

/** What an address, or an element, says, and what of it could not be used. */
export interface Spelled {
  readonly settings: Values<typeof QUERY>;
  readonly data: Data;
  readonly problems: readonly Problem[];
}

type Pairs = Iterable<readonly [name: string, text: string]>;

function readTable<T>(table: T, pairs: Pairs): { values: Values<T>; problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, text] of pairs) {
    const kind = Object.hasOwn(table as object, name) ? (table as Table)[name] : undefined;
    if (kind === undefined) {
      problems.push({ name, bad: [] });
      continue;
    }
    const { value, bad } = kind.read(text);
    if (value !== null) values[name] = value;
    if (bad.length > 0) problems.push({ name, bad });
  }
  return { values: values as Values<T>, problems };
}

/** The pairs of a query or a hash. Not URLSearchParams: there a plus sign is a space, and 1e+5 no number. */
function pairsOf(text: string): [string, string][] {
  return text
    .replace(/^[?#]/, "")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return [decode(name), decode(rest.join("="))];
    });
}

/** A broken escape is not the end of the page. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const split = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");

/** What the query and the attributes say: they share one table. */
export function readPairs(pairs: Pairs): Spelled {
  const { values, problems } = readTable({ ...QUERY, ...DATA }, pairs);
  const pick = (table: object) => Object.fromEntries(Object.entries(values).filter(([name]) => name in table));
  return { settings: pick(QUERY), data: pick(DATA), problems };
}

export const readQuery = (search: string): Spelled => readPairs(pairsOf(search));

/** What the hash says. */
export function readHash(hash: string): Spelled & { readonly step: StepId | null } {
  const step = bareStep(hash);
  if (step) return { settings: {}, data: {}, problems: [], step };
  const { values, problems } = readTable({ ...DATA, ...PLACE }, pairsOf(hash));
  const { v: _, z: __, step: place = null, ...data } = values;
  return { settings: {}, data, problems, step: place };
}

/** The step of a hash that is a name and nothing else, as in a link to a heading: #softmax. */
export function bareStep(hash: string): StepId | null {
  return STEPS.find((id) => hash === `#${id}` || hash === id) ?? null;
}

/** The example that the data name; what they leave open is as in `ground`, or in the preset that they name. */
export function exampleOf(data: Data, ground: Example): { example: Example; problems: readonly Problem[] } {
  const from =
    data.preset === undefined ? ground : exampleOf(readPairs(pairsOf(PRESETS[data.preset])).data, NOTE).example;
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
  if (x === undefined && seed !== undefined) {
    const [samples = 0, classes = 0] = shape ?? [from.x.length, from.x[0]?.length ?? 0];
    const fits = samples <= MAX_SAMPLES && classes >= MIN_CLASSES && classes <= MAX_CLASSES;
    if (fits && (shape?.length ?? 2) === 2) {
      return { x: range(samples).map(() => range(classes).map(() => ({ text: "0", value: 0 }))), seed };
    }
  }
  const tooLarge = x?.flat().find((entry) => entryProblem(entry.text, dtype) !== null);
  if (tooLarge) problems.push({ name: "x", bad: [tooLarge.text] });
  if (seed !== undefined) problems.push({ name: "seed", bad: [String(seed)] });
  if (shape !== undefined) problems.push({ name: "shape", bad: [shape.join(",")] });
  return x === undefined || tooLarge ? from : { x, seed: null };
}

/** The state with what the layers say, each on the ground of the one before; what they leave open is as on a plain page. */
export function opened(state: State, layers: readonly Data[]): State {
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
    question: {
      sharpness: sharpness ?? SHARPNESS.start,
      softmaxInFront: pipeline !== "plain",
    },
    shifted: form === "shifted",
    problems: [...state.problems, ...problems],
  };
}

/** The hash of a state: what differs from the plain page, and the step. */
export function writeHash(state: State, plain: State, step: StepId | null): string {
  const before = new Map(writeTable(DATA, dataOf(plain)));
  const changed = writeTable(DATA, dataOf(state)).filter(([name, text]) => text !== before.get(name));
  if (changed.length === 0) return step ?? "";
  return writePairs([["v", String(VERSION)], ...changed, ...(step ? [["step", step] as const] : [])]);
}

function dataOf({ example, question, shifted }: State): Data {
  const { x, seed, dtype } = example;
  return {
    ...(seed === null
      ? { x: x.map((row) => row.map((entry) => sound(entry, dtype))) }
      : { seed, shape: [x.length, x[0]?.length ?? 0] }),
    y: example.target,
    dtype,
    reduction: example.reduction,
    pipeline: question.softmaxInFront ? "softmax-in-front" : "plain",
    sharpness: question.sharpness,
    form: shifted ? "shifted" : "textbook",
    counted: example.countedLabels,
  };
}

/** A text that is no number counts with the last good value: that is what the link says. */
function sound(entry: Entry, dtype: Dtype): Entry {
  return entryProblem(entry.text, dtype) === null ? entry : { ...entry, text: allDigits(entry.value, dtype) };
}

/** The query of the settings, without what goes without saying. */
export function writeQuery({ steps, hide, readonly, theme, language }: Settings): string {
  const said: Values<typeof QUERY> = {
    ...(steps.length === STEPS.length ? {} : { step: steps }),
    ...(hide.length === 0 ? {} : { hide }),
    ...(readonly ? { readonly } : {}),
    ...(theme === "auto" ? {} : { theme }),
    lang: language,
  };
  return `?${writePairs(writeTable(QUERY, said))}`;
}

/** The query of an address with ours in it; what it has of others stays. */
export function withQuery(search: string, query: string): string {
  const others = pairsOf(search).filter(([name]) => !Object.hasOwn(QUERY, name) && !Object.hasOwn(DATA, name));
  return `?${writePairs([...others, ...pairsOf(query)])}`;
}

function writeTable<T extends object>(table: T, values: Values<T>): [string, string][] {
  return Object.entries(table).flatMap(([name, kind]): [string, string][] => {
    const value = values[name as keyof T];
    return value === undefined ? [] : [[name, (kind as Kind<unknown>).write(value)]];
  });
}

/** Commas and semicolons need no escape, and read better without. */
function writePairs(pairs: Pairs): string {
  const encode = (text: string) => encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3B/g, ";");
  return [...pairs].map(([name, text]) => `${encode(name)}=${encode(text)}`).join("&");
}

/** A query and a hash as the attributes that say the same; of the hash, the numbers alone. */
export function spelledAsAttributes(query: string, hash: string): [name: string, text: string][] {
  const own = (table: object) => (pair: [string, string]) => Object.hasOwn(table, pair[0]);
  const flags = ([name, text]: [string, string]): [string, string] => [name, name === "readonly" ? "" : text];
  return [...pairsOf(query).filter(own(QUERY)).map(flags), ...pairsOf(hash).filter(own(DATA))];
}

/** The first of a reader's languages that we have. */
export function firstLanguage(tags: readonly string[]): Language {
  return tags.map((tag) => language.read(tag).value).find((known) => known !== null) ?? "en";
}
