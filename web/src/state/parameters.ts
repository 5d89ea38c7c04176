// Every parameter of an address, and of <cross-entropy-demo>, with the values it takes: one table, whose spellings are in
// url.ts.

import type { Dtype, Reduction } from "../api/index.ts";
import { parseNumber } from "../read/number.ts";
import type { Entry } from "./lesson/entry.ts";
import { MAX_CLASSES, MAX_SAMPLES, parseLogits } from "./lesson/limits.ts";
import { PRESETS, SHARPNESS } from "./lesson/presets.ts";
import type { Language, Theme } from "./settings.ts";
import { PARTS, STEPS, type StepId } from "./steps.ts";

/** What of a parameter could be used, and what could not. */
interface Reading<T> {
  readonly value: T | null;
  readonly bad: readonly string[];
}

/** One kind of value, and how it is spelled. */
export interface Kind<T> {
  read(text: string): Reading<T>;
  write(value: T): string;
}

const split = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");

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

/** Rows between semicolons, or a nested list as PyTorch writes it: everything that can be matrix. */
const matrix: Kind<readonly (readonly Entry[])[]> = {
  read: (text) => {
    const logits = parseLogits(text);
    if (logits.ok) {
      return used(logits.rows.map((row) => row.map((token) => ({ text: token, value: parseNumber(token) ?? 0 }))));
    }
    return unusable(logits.problem.kind === "notANumber" ? logits.problem.token : text);
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
export const language: Kind<Language> = {
  read: (text) => {
    const [, tag] = /^(zh|en)\b/.exec(text.toLowerCase()) ?? [];
    return tag === undefined ? unusable(text) : used(tag as Language);
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

/** What it shows: in the hash. */
export const DATA = {
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
export const PLACE = {
  v: integer(1, VERSION),
  step: oneOf<StepId>(STEPS),
  z: { read: (text: string) => unusable(text), write: String } as Kind<never>,
} as const;

export type Table = Readonly<Record<string, Kind<never>>>;
export type Values<T> = { -readonly [Name in keyof T]?: T[Name] extends Kind<infer Value> ? Value : never };

/** The attributes of <cross-entropy-demo>. */
export const ATTRIBUTES: readonly string[] = [...Object.keys(QUERY), ...Object.keys(DATA)];
export type AttributeName = keyof typeof QUERY | keyof typeof DATA;

export type Data = Values<typeof DATA>;
