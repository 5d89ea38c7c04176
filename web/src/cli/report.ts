// A diagnosis as a person reads it in a terminal, and as JSON.

import { figure, nonFinite, tellingFigure } from "../format/fixed.ts";
import type { Diagnosis, Finding } from "../lab/diagnosis/types.ts";
import { findingWords, uncheckedWords } from "../state/diagnosis/finding-words.ts";
import type { Brought, Words } from "./bring.ts";

export type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
const COLOURS = { error: "red", warning: "yellow", info: "cyan" } as const;

export const plain: Paint = (_style, text) => text;
export const painted: Paint = (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m`;

/** One object; NaN and the infinities are strings. */
export function asJson(diagnosis: Diagnosis): string {
  const spelled = (_name: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? nonFinite(value) : value;
  return JSON.stringify(diagnosis, spelled, 2);
}

export function asText(diagnosis: Diagnosis, brought: Brought | null, words: Words, paint: Paint): string {
  const { read, verdict, findings, unchecked } = diagnosis;
  const first = findings.find(({ id }) => id === verdict);
  const others = findings.filter((finding) => finding !== first);
  const isOfNumbers = read.logits !== null;
  const checked = unchecked.map((name) => uncheckedWords(name, words.language));
  const parts = [
    whatWasRead(diagnosis, brought, words).join("\n"),
    told(first ?? HEALTHY, isOfNumbers, words, paint),
    ...others.map((finding) => told(finding, isOfNumbers, words, paint)),
    checked.length > 0 ? paint("dim", words.text.unchecked(checked.join(words.text.between))) : "",
  ];
  return parts
    .filter(Boolean)
    .join("\n\n")
    .replaceAll(/[\u2068\u2069]/g, "");
}

const HEALTHY: Finding = { id: "healthy", severity: "info", where: null, proof: {}, fixedLoss: null };

function whatWasRead({ read, loss }: Diagnosis, brought: Brought | null, { text }: Words): string[] {
  const lines: string[] = [];
  const shape = (sizes: readonly number[]) => `[${sizes.join(", ")}]`;
  if (read.logits) {
    const { dtype, classAxis, decimals } = read.logits;
    const print = decimals === null ? "" : text.decimals(decimals);
    lines.push(text.logits(dtype, shape(read.logits.shape), classAxis) + print);
  }
  if (read.target) lines.push(text.target(read.target.dtype, shape(read.target.shape), read.target.kind));
  const names = brought?.batch.words;
  if (names) lines.push(text.labelsAsWords(names.map((name, i) => `${i} ${name}`).join(", ")));
  if (loss) {
    const { value, plusMinus, reduction, divisor, accuracy } = loss;
    const around = plusMinus > 0 ? tellingFigure(plusMinus) : null;
    const mean = divisor === null || reduction !== "mean" ? null : String(Number(figure(divisor)));
    const right = accuracy === null ? "" : text.accuracy(`${Number(`${figure(accuracy)}e2`)} %`);
    lines.push(text.loss(figure(value), around, reduction, mean) + right);
  }
  return [...lines, ...(brought?.notices ?? []).map((notice) => `${text.note}: ${notice}`)];
}

function told(finding: Finding, isOfNumbers: boolean, { language, text }: Words, paint: Paint): string {
  const { title, verdict, why, proof, fix } = findingWords(finding, language);
  const { severity, fixedLoss, id } = finding;
  const { error } = finding.proof;
  const isHealthy = id === "healthy";
  const mark = isHealthy ? "" : `${paint(COLOURS[severity], text.severity[severity])} `;
  const lines = [
    `${mark}${paint("bold", isHealthy ? paint("green", title) : title)}${isHealthy ? "" : paint("dim", `  ${id}`)}`,
    `  ${verdict}`,
    ...(typeof error === "string" ? [`  ${isOfNumbers ? text.pytorch(error) : text.error(error)}`] : []),
    ...proof.map((line) => `  · ${line}`),
    ...(why ? [`  ${why}`] : []),
  ].map((line) => line.replaceAll("`", ""));
  const signed = (sign: string, code: string) => code.split("\n").map((line) => `  ${sign} ${line}`);
  if (fix) {
    lines.push(...signed("-", fix.before).map((line) => paint("red", line)));
    lines.push(...signed("+", fix.after).map((line) => paint("green", line)));
  }
  if (fixedLoss !== null) lines.push(`  ${text.fixed(figure(fixedLoss))}`);
  return lines.join("\n");
}
