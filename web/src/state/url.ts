// How the parameters are spelled. The query of an address and the attributes of <cross-entropy-demo> say how the demo is
// shown, the hash (or attributes again, or a preset) what it shows:
//
//   index.html?step=softmax&lang=zh#v=1&x=1,2;3,4&y=0,1

import type { Dtype } from "../api/index.ts";
import { allDigits } from "../format/fixed.ts";
import type { Language } from "../i18n/language.ts";
import { parseNumber } from "../read/number.ts";
import type { Entry } from "./lesson/entry.ts";
import { LONGEST } from "./lesson/limits.ts";
import type { State } from "./lesson/state.ts";
import { BESIDE } from "./packing.ts";
import {
  DATA,
  type Data,
  type Kind,
  language,
  MATRIX,
  PLACE,
  QUERY,
  type Table,
  type Values,
  VERSION,
} from "./parameters.ts";
import type { Problem } from "./problem.ts";
import type { Settings } from "./settings.ts";
import { STEPS, type StepId } from "./steps.ts";

/** What an address, or an element, says, and what of it could not be used. */
export interface Spelling {
  readonly settings: Values<typeof QUERY>;
  readonly data: Data;
  readonly problems: readonly Problem[];
}

const NOTHING: Spelling = { settings: {}, data: {}, problems: [] };

type Pairs = Iterable<readonly [name: string, text: string]>;

/** What the places where links are passed on append to them; nobody meant it for us. */
const APPENDED = new RegExp(
  `^(${[
    "utm_\\w+|_ga|_gl|gclid|gbraid|wbraid|dclid|msclkid|yclid", // search and advertising
    "fbclid|igshid|igsh|twclid|ttclid|li_fat_id|mc_cid|mc_eid", // networks and newsletters
    "from|isappinstalled|scene|spm|share_token|ref", // chats and shops, and everybody
  ].join("|")})$`,
);

const isOurs = ([name]: readonly [name: string, text: string]): boolean => name !== "" && !APPENDED.test(name);

const UNKNOWN = { value: null, rule: { kind: "unknown" } } as const;
const tooLong = ({ length }: string) => ({ value: null, rule: { kind: "tooLong", length, most: LONGEST } }) as const;

/** What a table makes of the pairs. */
interface Reading<T> {
  readonly values: Values<T>;
  readonly problems: readonly Problem[];
  readonly refused: Pick<Data, "refused">;
}

function readTable<T>(table: T, pairs: Pairs): Reading<T> {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const given = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, text] of pairs) {
    if (!isOurs([name, text])) continue;
    if (given.has(name)) repeated.add(name);
    given.set(name, text);
  }
  const refused = new Set<string>();
  for (const [name, text] of given) {
    const kind = Object.hasOwn(table as object, name) ? (table as Table)[name] : undefined;
    const { value, rule } = kind === undefined ? UNKNOWN : text.length > LONGEST ? tooLong(text) : kind.read(text);
    if (value !== null) values[name] = value;
    else refused.add(name);
    if (rule) problems.push({ name, rule });
    if (repeated.has(name) && kind) problems.push({ name, rule: { kind: "repeated" } });
  }
  const lost = (given.has("x") ? ["x"] : MATRIX).find((name) => refused.has(name));
  return { values: values as Values<T>, problems, refused: lost === undefined ? {} : { refused: lost } };
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

/** What the query and the attributes say: they share one table. */
export function readPairs(pairs: Pairs): Spelling {
  const { values, problems, refused } = readTable({ ...QUERY, ...DATA }, pairs);
  const pick = (table: object) => Object.fromEntries(Object.entries(values).filter(([name]) => name in table));
  return { settings: pick(QUERY), data: { ...pick(DATA), ...refused }, problems };
}

export function readQuery(search: string): Spelling {
  if (search.length > LONGEST) return { ...NOTHING, problems: [{ name: "?", rule: tooLong(search).rule }] };
  return readPairs(pairsOf(search));
}

/** What the hash says. */
export function readHash(hash: string): Spelling & { readonly step: StepId | null } {
  const step = bareStep(hash);
  if (step) return { ...NOTHING, step };
  if (hash.length > LONGEST) return { ...NOTHING, problems: [{ name: "#", rule: tooLong(hash).rule }], step };
  const end = hash.indexOf(BESIDE);
  const [all, beside] = end < 0 ? [hash, ""] : [hash.slice(0, end), hash.slice(end + BESIDE.length)];
  const { values, problems, refused } = readTable({ ...DATA, ...PLACE }, pairsOf(all));
  const { v: _, z: __, step: place = null, ...data } = values;
  const idle = pairsOf(beside).filter(isOurs);
  return {
    settings: {},
    data: { ...data, ...refused },
    problems: [...problems, ...idle.map(([name]) => ({ name, rule: { kind: "givesWay", other: "z" } as const }))],
    step: place,
  };
}

/** The step of a hash that is a name and nothing else of ours, as in a link to a heading: #softmax. */
export function bareStep(hash: string): StepId | null {
  if (hash.length > LONGEST) return null;
  const [pair, ...more] = pairsOf(hash).filter(isOurs);
  return more.length > 0 ? null : (STEPS.find((id) => pair?.[0] === id && pair[1] === "") ?? null);
}

/** The hash of a state: what differs from a plain page, or all of it (null), and the step. */
export function writeHash(state: State, plain: State | null, step: StepId | null): string {
  const before = new Map(plain ? writeTable(DATA, dataOf(plain)) : []);
  const pairs = writeTable(DATA, dataOf(state));
  const differs = ([name, text]: [string, string]) => text !== before.get(name);
  // As many labels as there are rows go without saying; the reader's own matrix has its own.
  const { target, countedLabels } = state.example;
  const isOwn = pairs.some((pair) => ["x", "y"].includes(pair[0]) && differs(pair));
  const labels = isOwn ? target : (plain?.example.countedLabels ?? []);
  before.set("counted", DATA.counted.write(countedLabels.map((_, row) => labels[row] ?? 1)));
  const changed = pairs.filter(differs);
  if (changed.length === 0) return step ?? "";
  return writePairs([["v", String(VERSION)], ...changed, ...(step ? [["step", step] as const] : [])]);
}

function dataOf({ example, question, shifted, batch }: State): Data {
  const { x, seed, dtype } = example;
  return {
    ...(seed === null
      ? { x: { x: x.map((row) => row.map((entry) => sound(entry, dtype))), notices: [] } }
      : { seed, shape: [x.length, x[0]?.length ?? 0] }),
    y: example.target,
    dtype,
    reduction: example.reduction,
    pipeline: question.softmaxInFront ? "softmax-in-front" : "plain",
    sharpness: question.sharpness,
    form: shifted ? "shifted" : "textbook",
    counted: example.countedLabels,
    ...batch,
  };
}

/** A text that is no number counts with the last good value: that is what the link says. */
function sound(entry: Entry, dtype: Dtype): Entry {
  return parseNumber(entry.text) !== null ? entry : { ...entry, text: allDigits(entry.value, dtype) };
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
  const others = pairsOf(search.length > LONGEST ? "" : search).filter(
    ([name]) => !Object.hasOwn(QUERY, name) && !Object.hasOwn(DATA, name),
  );
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
export function attributesOf(query: string, hash: string): [name: string, text: string][] {
  const own = (table: object) => (pair: [string, string]) => Object.hasOwn(table, pair[0]);
  const flags = ([name, text]: [string, string]): [string, string] => [name, name === "readonly" ? "" : text];
  return [...pairsOf(query).filter(own(QUERY)).map(flags), ...pairsOf(hash).filter(own(DATA))];
}

/** The first of a reader's languages that we have. */
export function firstLanguage(tags: readonly string[]): Language {
  return tags.map((tag) => language.read(tag).value).find((known) => known !== null) ?? "en";
}
