// The formula of a number with the live operands in it, as parts: plain text, and operands that are cells themselves.

import type { Reduction } from "../../api/index.ts";
import { figure } from "../../format/fixed.ts";
import { range } from "../range.ts";
import { type Model, valueAt } from "./derive.ts";
import { type CellRef, cell } from "./provenance.ts";

export type Part = string | { readonly cell: CellRef; readonly text: string };

export interface Explanation {
  readonly parts: readonly Part[];
  /** The operands as text, in the order a sentence about this kind of number names them. */
  readonly operands: readonly string[];
  /** What the mean divides by; null: nothing is divided. */
  readonly divisor: number | null;
}

/** What the mean divides: the losses, and the gradients of the loss. */
const DIVIDED: ReadonlySet<CellRef["tensor"]> = new Set([
  "lossByHand",
  "nllLoss",
  "loss",
  "gradLogits",
  "frontLoss",
  "frontGradLogits",
]);

/** Explains a number; null: it has no value now. */
export function explain(model: Model, of: CellRef, reduction: Reduction): Explanation | null {
  const { graph } = model;
  const { row, column } = of;
  const label = graph.target[row] ?? 0;
  const classes = range(graph.classes);
  const samples = range(graph.samples);
  const mean = reduction === "mean";

  const text = (ref: CellRef): string => {
    const value = valueAt(model, ref);
    return value === null ? "?" : ref.tensor === "target" ? String(value) : figure(value);
  };
  const operand = (tensor: CellRef["tensor"], r = row, c = 0): Part => {
    const ref = cell(tensor, r, c);
    return { cell: ref, text: text(ref) };
  };
  /** An operand inside a sum or a product: a negative one stands in parentheses. */
  const term = (tensor: CellRef["tensor"], r = row, c = 0): Part[] => {
    const part = operand(tensor, r, c);
    return typeof part !== "string" && part.text.startsWith("-") ? ["(", part, ")"] : [part];
  };
  const join = (terms: readonly Part[][], separator: string): Part[] =>
    terms.flatMap((parts, i) => (i === 0 ? parts : [separator, ...parts]));
  const expRow = (tensor: CellRef["tensor"]): Part[] =>
    join(
      classes.map((c) => ["exp(", operand(tensor, row, c), ")"]),
      " + ",
    );
  const rowTexts = (tensor: CellRef["tensor"]) => classes.map((c) => text(cell(tensor, row, c)));
  const meanOf = (parts: Part[]): Part[] =>
    mean && samples.length > 1 ? ["(", ...parts, `) / ${samples.length}`] : parts;

  const formula = (): { parts: Part[]; operands: string[] } => {
    switch (of.tensor) {
      case "x":
        return { parts: [`x[${row}, ${column}]`], operands: [] };
      case "target":
        return { parts: [`y[${row}]`], operands: [] };
      case "rowMax":
        return {
          parts: [
            "max(",
            ...join(
              classes.map((c) => [operand("x", row, c)]),
              ", ",
            ),
            ")",
          ],
          operands: rowTexts("x"),
        };
      case "shifted":
        return {
          parts: [operand("x", row, column), " − ", ...term("rowMax")],
          operands: [text(cell("x", row, column)), text(cell("rowMax", row))],
        };
      case "exp":
        return {
          parts: ["exp(", operand("shifted", row, column), ")"],
          operands: [text(cell("shifted", row, column))],
        };
      case "sum":
        return {
          parts: join(
            classes.map((c) => [operand("exp", row, c)]),
            " + ",
          ),
          operands: rowTexts("exp"),
        };
      case "softmax":
        return graph.shifted
          ? {
              parts: [operand("exp", row, column), " / ", operand("sum")],
              operands: [text(cell("exp", row, column)), text(cell("sum", row))],
            }
          : {
              parts: ["exp(", operand("x", row, column), ") / (", ...expRow("x"), ")"],
              operands: [text(cell("x", row, column)), ...rowTexts("x")],
            };
      case "logOfSoftmax":
        return {
          parts: ["log(", operand("softmax", row, column), ")"],
          operands: [text(cell("softmax", row, column))],
        };
      case "logSoftmax":
        return {
          parts: [operand("x", row, column), " − log(", ...expRow("x"), ")"],
          operands: [text(cell("x", row, column)), ...rowTexts("x")],
        };
      case "picked": {
        const source: Part = { cell: cell("logOfSoftmax", row, label), text: `log_p[${row}, ${label}]` };
        return { parts: [source], operands: [String(label)] };
      }
      case "pickedSum":
        return {
          parts: join(
            samples.map((n) => term("picked", n)),
            " + ",
          ),
          operands: samples.map((n) => text(cell("picked", n))),
        };
      case "lossByHand":
        if (graph.perSample) return { parts: ["|", operand("picked"), "|"], operands: [text(cell("picked", row))] };
        return {
          parts: ["|", operand("pickedSum", 0), mean ? ` / ${samples.length}|` : "|"],
          operands: [text(cell("pickedSum"))],
        };
      case "nllLoss": {
        const rows = graph.perSample ? [row] : samples;
        const picks = rows.map((n): Part[] => term("logOfSoftmax", n, graph.target[n] ?? 0));
        return {
          parts: graph.perSample
            ? ["−", ...(picks[0] ?? [])]
            : ["−(", ...join(picks, " + "), mean ? `) / ${samples.length}` : ")"],
          operands: rows.map((n) => text(cell("logOfSoftmax", n, graph.target[n] ?? 0))),
        };
      }
      case "losses":
        return {
          parts: ["−", ...term("logSoftmax", row, label)],
          operands: [text(cell("logSoftmax", row, label))],
        };
      case "loss": {
        const rows = graph.perSample ? [row] : samples;
        const losses = rows.map((n): Part[] => [operand("losses", n)]);
        return { parts: meanOf(join(losses, " + ")), operands: rows.map((n) => text(cell("losses", n))) };
      }
      case "frontLoss": {
        const rows = graph.perSample ? [row] : samples;
        const right = rows.map((n) => [n, graph.target[n] ?? 0] as const);
        const logs = right.flatMap(([n, c], i): Part[] => [
          i === 0 ? "−log(" : " − log(",
          operand("frontSoftmax", n, c),
          ")",
        ]);
        return { parts: meanOf(logs), operands: right.map(([n, c]) => text(cell("frontSoftmax", n, c))) };
      }
      case "gradLogits": {
        const difference: Part[] =
          column === label ? [operand("softmax", row, column), " − 1"] : [operand("softmax", row, column)];
        const grouped = column === label && mean && samples.length > 1 ? ["(", ...difference, ")"] : difference;
        return {
          parts: mean && samples.length > 1 ? [...grouped, ` / ${samples.length}`] : grouped,
          operands: column === label ? [text(cell("softmax", row, column)), "1"] : [text(cell("softmax", row, column))],
        };
      }
      case "frontSoftmax":
        return {
          parts: ["exp(", operand("softmax", row, column), ") / (", ...expRow("softmax"), ")"],
          operands: [text(cell("softmax", row, column)), ...rowTexts("softmax")],
        };
      case "frontGradLogits": {
        const pull = (c: number): Part[] =>
          c === label ? ["(", operand("frontSoftmax", row, c), " − 1)"] : [operand("frontSoftmax", row, c)];
        const shared = join(
          classes.map((c) => [operand("softmax", row, c), " · ", ...pull(c)]),
          " + ",
        );
        const product: Part[] = [operand("softmax", row, column), " · (", ...pull(column), " − (", ...shared, "))"];
        return {
          parts: mean && samples.length > 1 ? [...product, ` / ${samples.length}`] : product,
          operands: [text(cell("softmax", row, column)), text(cell("frontSoftmax", row, column))],
        };
      }
    }
  };

  if (valueAt(model, of) === null) return null;
  const { parts, operands } = formula();
  const divided = mean && samples.length > 1 && DIVIDED.has(of.tensor);
  return {
    parts: [...parts, " = ", { cell: of, text: text(of) }],
    operands,
    divisor: divided ? samples.length : null,
  };
}
