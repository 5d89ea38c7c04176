// PyTorch code: numbers as Python reads them, and the lines of the steps.

import type { Dtype, IndexTensor, Reduction, Tensor } from "../api/index.ts";
import { allDigits, figure } from "./fixed.ts";

/** All digits, which read back as the same number, or the four decimals that the figures show. */
export type Digits = "all" | "shown";

/** How a language of Python's family spells what is no finite number. */
type Spelling = (text: "inf" | "-inf" | "nan") => string;

/** The numbers of a tensor, one by one, as text. */
export function numbersOf({ data, dtype }: Tensor | IndexTensor, digits: Digits): string[] {
  return Array.from<number | bigint, string>(data, (value) =>
    typeof value === "bigint" || dtype === "int64"
      ? String(value)
      : digits === "all"
        ? allDigits(value, dtype)
        : figure(value),
  );
}

/** A tensor as nested lists. A row per line; what has no rows stands in one line. */
export function nestedList(tensor: Tensor | IndexTensor, digits: Digits, spell: Spelling): string {
  const isInteger = tensor.dtype === "int64";
  const texts = numbersOf(tensor, digits).map((text) => (isInteger ? text : pythonFloat(text, spell)));
  const [rows = 1, columns] = tensor.shape;
  if (tensor.shape.length === 0) return texts.join();
  if (columns === undefined) return `[${texts.join(", ")}]`;
  const lines = Array.from({ length: rows }, (_, row) => {
    return `[${texts.slice(row * columns, (row + 1) * columns).join(", ")}]`;
  });
  return `[\n    ${lines.join(",\n    ")}]`;
}

/** torch.tensor(...), which makes the tensor again, bit for bit. */
export function torchTensor(tensor: Tensor | IndexTensor, digits: Digits = "all"): string {
  const list = nestedList(tensor, digits, (text) => `float("${text}")`);
  return `torch.tensor(${list}${asDtype(tensor.dtype)})`;
}

/** x and y, from their values or from the seed that made x. */
export function dataCode(x: Tensor, target: readonly number[], seed: number | null): string {
  const random = `torch.rand((${x.shape.join(", ")})${asDtype(x.dtype)})`;
  const made = seed === null ? `x = ${torchTensor(x)}` : `torch.manual_seed(${seed})\nx = ${random}`;
  return `${made}\ny = ${labelsCode(target)}`;
}

export function labelsCode(labels: readonly number[]): string {
  return `torch.tensor([${labels.join(", ")}])`;
}

/** The loss as PyTorch's users make it; the default reduction goes without saying. */
export function construct(name: "NLLLoss" | "CrossEntropyLoss", reduction: Reduction): string {
  return `nn.${name}(${reduction === "mean" ? "" : `reduction="${reduction}"`})`;
}

/** The note's loss by hand, from the log-probabilities: picked at the labels, then averaged. */
export function lossByHand(reduction: Reduction): readonly [pick: string, reduce: string] {
  const reduced = { mean: "abs(sum(loss) / len(x))", sum: "abs(sum(loss))", none: "abs(loss)" };
  return ["loss = log_p[range(len(x)), y]", `loss = ${reduced[reduction]}`];
}

/** The default dtype goes without saying. */
function asDtype(dtype: Dtype | "int64"): string {
  return dtype === "float64" ? ", dtype=torch.float64" : "";
}

/** A number with a point or an exponent, so that Python makes no integer of it. */
function pythonFloat(text: string, spell: Spelling): string {
  if (text === "inf" || text === "-inf" || text === "nan") return spell(text);
  return /^-?\d+$/.test(text) ? `${text}.` : text;
}
