// Every parameter of an address, and of <cross-entropy-demo>, with the values it takes: one table, whose spellings are in
// url.ts.

import type { Dtype, Reduction } from "../api/index.ts";
import type { Language } from "../i18n/language.ts";
import { halfWidth, parseNumber } from "../read/number.ts";
import { areOwnLabels, ownRows } from "../read/own-spelling.ts";
import { readAccuracy, readLoss, readNumbers, writeRounded } from "./diagnosis/fields.ts";
import { entryOf } from "./lesson/entry.ts";
import { loadedGrammar, notLoaded } from "./lesson/late.ts";
import { isInLimits, type Logits, MAX_SAMPLES } from "./lesson/limits.ts";
import { PRESETS, SHARPNESS } from "./lesson/presets.ts";
import type { Rule } from "./problem.ts";
import type { Theme } from "./settings.ts";
import { PARTS, STEPS, type StepId } from "./steps.ts";

/** What of a parameter could be used, and the rule that the rest breaks. */
interface Reading<T> {
  readonly value: T | null;
  readonly rule: Rule | null;
}

/** One kind of value, and how it is spelled. */
export interface Kind<T> {
  read(text: string): Reading<T>;
  write(value: T): string;
}

const split = (text: string): string[] =>
  halfWidth(text)
    .split(/[\s,、]+/)
    .filter((word) => word !== "");

const used = <T>(value: T): Reading<T> => ({ value, rule: null });
const unusable = (rule: Rule): Reading<never> => ({ value: null, rule });

function oneOf<T extends string>(values: readonly T[]): Kind<T> {
  return {
    read: (text) => {
      const value = values.find((known) => known === text.trim().toLowerCase());
      return value === undefined ? unusable({ kind: "choice", bad: [text], choices: values }) : used(value);
    },
    write: String,
  };
}

function listOf<T extends string>(values: readonly T[]): Kind<readonly T[]> {
  return {
    read: (text) => {
      const words = split(text.toLowerCase());
      const bad = words.filter((word) => !values.some((known) => known === word));
      return {
        value: values.filter((known) => words.includes(known)),
        rule: bad.length > 0 ? { kind: "choice", bad, choices: values } : null,
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
        : unusable({ kind: "choice", bad: [text], choices: ["1", "0"] }),
  write: (value) => (value ? "1" : "0"),
};

/** A whole number in these limits; NaN: it is none. */
function wholeNumber(text: string, from: number, to: number): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  // Not -0, which is written "-0" and is no other label or seed.
  return value >= from && value <= to ? value + 0 : Number.NaN;
}

function integer(from: number, to: number): Kind<number> {
  return {
    read: (text) => {
      const value = wholeNumber(halfWidth(text).trim(), from, to);
      return Number.isNaN(value) ? unusable({ kind: "wholeNumbers", bad: [text], from, to }) : used(value);
    },
    write: String,
  };
}

/** So many whole numbers between commas, in brackets or not. */
function integers(least: number, most: number, from: number, to: number): Kind<readonly number[]> {
  return {
    read: (text) => {
      const words = split(text.trim().replace(/^\[(.*)\]$/s, "$1"));
      const values = words.map((word) => wholeNumber(word, from, to));
      const bad = words.filter((_, i) => Number.isNaN(values[i]));
      if (bad.length > 0) return unusable({ kind: "wholeNumbers", bad, from, to });
      if (words.length < least || words.length > most) {
        return unusable({ kind: "count", got: words.length, from: least, to: most });
      }
      return used(values);
    },
    write: (values) => values.join(","),
  };
}

/** Labels as everything that can be pasted. */
function labels(from: number, to: number): Kind<readonly number[]> {
  const words = integers(1, MAX_SAMPLES, from, to);
  return {
    ...words,
    read: (text) => {
      if (areOwnLabels(text)) return words.read(text);
      const grammar = loadedGrammar();
      if (grammar === null) return unusable({ kind: "matrix", problem: notLoaded().problem });
      // What is no list of whole numbers is refused word by word.
      return words.read(grammar.parseLabels(text)?.join() ?? text);
    },
  };
}

/** Rows between semicolons, or a nested list as PyTorch writes it: everything that can be pasted. */
const matrix: Kind<Pick<Logits, "x" | "notices">> = {
  read: (text) => {
    const logits = ownLogits(text) ?? loadedGrammar()?.parseLogits(text, "plain") ?? notLoaded();
    if (!logits.ok) return unusable({ kind: "matrix", problem: logits.problem });
    if (logits.target === null) return used(logits);
    const shapes = [[logits.x.length, logits.x[0]?.length ?? 0], [logits.target.length]];
    return unusable({ kind: "matrix", problem: { kind: "shapes", shapes } });
  },
  // Among whole numbers -0 is 0.
  write: ({ x }) => x.map((row) => row.map(({ text }) => (text === "-0" ? "-0.0" : text)).join(",")).join(";"),
};

/** x as the page spells it; null: it is spelled otherwise, or is too large. */
function ownLogits(text: string): Logits | null {
  const rows = ownRows(text);
  if (rows === null || !isInLimits(rows.length, rows[0]?.length ?? 0)) return null;
  const x = rows.map((row) => row.map((value) => entryOf(value, "float64")));
  return { ok: true, x, target: null, dtype: null, notices: [] };
}

/** What `read` makes of a text: a number in these limits, or several. */
function number<T>(from: number, to: number, read: (text: string) => T | null, write: (value: T) => string): Kind<T> {
  return {
    read: (text) => {
      const value = read(text);
      return value === null ? unusable({ kind: "number", bad: text, from, to }) : used(value);
    },
    write,
  };
}

function within(from: number, to: number): Kind<number> {
  const read = (text: string) => {
    const value = parseNumber(text) ?? Number.NaN;
    return value >= from && value <= to ? value : null;
  };
  return number(from, to, read, String);
}

/** As HTML's lang: zh-CN and zh-TW are zh. */
export const language: Kind<Language> = {
  read: (text) => {
    const [, tag] = /^(zh|en)\b/.exec(text.toLowerCase()) ?? [];
    return tag === undefined ? unusable({ kind: "choice", bad: [text], choices: ["zh", "en"] }) : used(tag as Language);
  },
  write: String,
};

/** How it is shown: in the query. */
export const QUERY = {
  step: listOf(STEPS),
  hide: listOf(PARTS),
  readonly: flag,
  theme: oneOf<Theme>(["auto", "light", "dark"]),
  lang: language,
} as const;

/** The version of the spelling below. A link says it, so that a later release knows what it reads. */
export const VERSION = 1;
const MAX_SEED = 2 ** 32 - 1;
const REDUCTIONS = ["mean", "sum", "none"] as const;

const { MAX_SAFE_INTEGER: MOST, POSITIVE_INFINITY: INF } = Number;

/** What is said of the reader's own batch beside its tensors, in the command's words. `reduction` is the example's. */
export const BATCH = {
  classes: integer(1, MOST),
  loss: number(-INF, INF, readLoss, writeRounded),
  accuracy: number(0, 1, readAccuracy, writeRounded),
  "batch-reduction": oneOf<Reduction>(REDUCTIONS),
  "ignore-index": integer(-MOST, MOST),
  "label-smoothing": within(0, 1),
  /** One number for each class, between commas, in brackets or not. */
  weight: number(-INF, INF, readNumbers, String),
} as const;

/** What it shows: in the hash. */
export const DATA = {
  preset: oneOf(Object.keys(PRESETS) as (keyof typeof PRESETS)[]),
  x: matrix,
  /** Samples, classes. How many there may be is opening.ts' to say, of what is shown after all. */
  shape: integers(2, 2, 1, 999),
  y: labels(0, 999),
  dtype: oneOf<Dtype>(["float32", "float64"]),
  reduction: oneOf<Reduction>(REDUCTIONS),
  /** x is what torch.rand gives for this seed, of the shape above: the core makes it. */
  seed: integer(0, MAX_SEED),
  pipeline: oneOf(["softmax-in-front", "plain"]),
  sharpness: within(SHARPNESS.min, SHARPNESS.max),
  form: oneOf(["textbook", "shifted"]),
  counted: labels(-MOST, MOST),
  ...BATCH,
} as const;

/** Only the hash has these: the version, the step that the reader has come to, and what could not be unpacked. */
export const PLACE = {
  v: integer(1, VERSION),
  step: oneOf<StepId>(STEPS),
  z: { read: () => unusable({ kind: "packed" }), write: String } as Kind<never>,
} as const;

export type Table = Readonly<Record<string, Kind<never>>>;
export type Values<T> = { -readonly [Name in keyof T]?: T[Name] extends Kind<infer Value> ? Value : never };

/** The attributes of <cross-entropy-demo>. */
export const ATTRIBUTES: readonly string[] = [...Object.keys(QUERY), ...Object.keys(DATA)];
export type AttributeName = keyof typeof QUERY | keyof typeof DATA;

/** Of the parameters that say which numbers x holds, one goes before the other in this order; labels belong to its rows. */
export const MATRIX = ["x", "seed", "shape", "preset"] as const;
export const LABELS = ["y", "counted"] as const;

export type BatchSettings = Values<typeof BATCH>;

export type Data = Values<typeof DATA> & {
  /** The parameter of the matrix that could not be used. */
  readonly refused?: string;
};
