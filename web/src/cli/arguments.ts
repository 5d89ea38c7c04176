// The command's arguments: what they are, and what is wrong with them.

import { parseArgs } from "node:util";
import type { CliText } from "../i18n/cli/types.ts";
import type { Language } from "../i18n/language.ts";
import type { Corrections, Reduction } from "../read/batch.ts";
import { parseNumber } from "../read/number.ts";
import type { Rounded } from "../read/types.ts";

/** Standard input among files. */
export const STANDARD_INPUT = "-";

export interface Arguments {
  readonly files: readonly string[];
  readonly weight: string | null;
  readonly loss: Rounded | null;
  readonly accuracy: Rounded | null;
  readonly classes: number | null;
  readonly corrections: Pick<Corrections, "reduction" | "ignoreIndex" | "labelSmoothing" | "classAxis">;
  /** Names of arrays. */
  readonly logits: string | null;
  readonly labels: string | null;
  readonly json: boolean;
}

export type Asked = { readonly kind: "help" | "version" } | { readonly kind: "diagnose"; readonly given: Arguments };

/** Why nothing can be done, in words: nothing else is printed, and the exit status is 2. */
export class Refusal extends Error {
  /** Whether the arguments are off, for which there is help. */
  readonly isUsage: boolean;

  constructor(message: string, isUsage = false) {
    super(message);
    this.isUsage = isUsage;
  }
}

const TYPES = {
  loss: "string",
  accuracy: "string",
  classes: "string",
  reduction: "string",
  weight: "string",
  "ignore-index": "string",
  "label-smoothing": "string",
  "class-axis": "string",
  logits: "string",
  labels: "string",
  json: "boolean",
  lang: "string",
  help: "boolean",
  version: "boolean",
} as const;

type Option = keyof typeof TYPES;
type Values = { [Name in Option]?: (typeof TYPES)[Name] extends "boolean" ? boolean : string };

/** The language is known before anything is refused. */
export function languageOf(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const at = words.findLastIndex((word) => /^--lang(=|$)/.test(word));
  const said = at < 0 ? undefined : (words[at]?.split("=")[1] ?? words[at + 1]);
  if (said === "en" || said === "zh") return said;
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("zh") ? "zh" : "en";
}

export function readArguments(words: readonly string[], text: CliText): Asked {
  const { values, positionals } = parse(words, text);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const [command, ...files] = positionals;
  if (command === undefined) return { kind: "help" };
  if (command !== "diagnose") throw new Refusal(text.unknownCommand(command), true);
  if (files.length > 2) throw new Refusal(text.tooMany(files.slice(2).join(" ")), true);

  const read = <T>(option: Option, expected: string, take: (value: string) => T | null): T | null => {
    const value = values[option];
    if (typeof value !== "string") return null;
    const taken = take(value);
    if (taken === null) throw new Refusal(text.badValue(`--${option}`, value === "" ? '""' : value, expected), true);
    return taken;
  };
  const { expected } = text;
  const any = (value: string) => value || null;
  const weight = read("weight", expected.file, any);
  const corrections = {
    reduction: read("reduction", expected.reduction, (value) => REDUCTIONS.find((known) => known === value) ?? null),
    ignoreIndex: read("ignore-index", expected.whole, whole),
    labelSmoothing: read("label-smoothing", expected.number, (value) => parseNumber(value)),
    classAxis: read("class-axis", expected.whole, whole),
  };
  read("lang", expected.language, (value) => (value === "en" || value === "zh" ? value : null));
  const given: Arguments = {
    files,
    weight,
    loss: read("loss", expected.number, rounded),
    accuracy: read("accuracy", expected.accuracy, fraction),
    classes: read("classes", expected.classes, (value) => atLeastOne(whole(value))),
    corrections: Object.fromEntries(Object.entries(corrections).filter(([, value]) => value !== null)),
    logits: read("logits", expected.name, any),
    labels: read("labels", expected.name, any),
    json: values.json ?? false,
  };
  if ([...files, weight].filter((file) => file === STANDARD_INPUT).length > 1) {
    throw new Refusal(text.onceFromStandardInput, true);
  }
  if (files.length === 0) {
    const needy = (["weight", "class-axis", "logits", "labels"] as const).find(
      (option) => values[option] !== undefined,
    );
    if (needy) throw new Refusal(text.needsLogits(`--${needy}`), true);
    if (given.loss === null) throw new Refusal(text.nothing, true);
  }
  return { kind: "diagnose", given };
}

const REDUCTIONS: readonly Reduction[] = ["mean", "sum", "none"];

function parse(words: readonly string[], text: CliText): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [name, { type }]));
  // A value may begin with a minus: --ignore-index -1.
  const args: string[] = [];
  for (const word of words) {
    const option = /^--(.*)/.exec(args.at(-1) ?? "")?.[1];
    const isValue = TYPES[option as Option] === "string" && /^-(?:[\d.]|inf)/.test(word);
    args.push(isValue ? `${args.pop()}=${word}` : word);
  }
  const { tokens, values, positionals } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const type = TYPES[token.name as Option];
    if (type === undefined || !token.rawName.startsWith("--"))
      throw new Refusal(text.unknownOption(token.rawName), true);
    if (type === "string" && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      throw new Refusal(text.noValue(token.rawName), true);
    if (type === "boolean" && token.value !== undefined) throw new Refusal(text.needlessValue(token.rawName), true);
  }
  return { values: values as Values, positionals };
}

function whole(value: string): number | null {
  return /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}

const atLeastOne = (value: number | null) => (value !== null && value >= 1 ? value : null);

/** As it was printed: 1.4612 is known to half of the fourth decimal. */
function rounded(value: string): Rounded | null {
  const number = parseNumber(value);
  if (number === null) return null;
  const [digits = "", exponent = "0"] = value.toLowerCase().split("e");
  const decimals = (digits.split(".")[1] ?? "").length - Number(exponent);
  return { value: number, decimals: Number.isFinite(number) ? Math.max(0, decimals) : 0 };
}

function fraction(value: string): Rounded | null {
  const percent = /^(.*?)\s*[%％]$/.exec(value)?.[1];
  const written = rounded(percent ?? value);
  if (!written) return null;
  // The digits as they are, their point moved.
  const moved =
    percent === undefined ? written : { value: Number(`${written.value}e-2`), decimals: written.decimals + 2 };
  return moved.value >= 0 && moved.value <= 1 ? moved : null;
}
