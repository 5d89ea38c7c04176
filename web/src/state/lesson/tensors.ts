// The tensors of the worked example, a row each. Whoever adds one to the trace adds its row here, and the page can show it,
// ask it, read it out and export it.

import type { IndexTensor, Tensor } from "../../api/index.ts";
import { type Language, list } from "../../i18n/language.ts";
import type { LogitsTrace, PipelineTrace, Trace } from "../../lab/index.ts";
import { range } from "../range.ts";
import { type CellRef, cell, type Graph, type TensorId } from "./cell.ts";

/** Where the tensors are. */
export interface Numbers {
  readonly x: Tensor;
  readonly graph: Graph;
  /** Null while the target is refused: then only what the logits alone decide is in logitsTrace. */
  readonly trace: Trace<PipelineTrace> | null;
  readonly logitsTrace: LogitsTrace;
}

/** (N, C), (N), (), and that of a loss: () or, with reduction "none", (N). */
export type Shape = "matrix" | "vector" | "number" | "loss";

/** A cell in a formula. */
export interface Operand {
  readonly cell: CellRef;
  /** In parentheses where it is negative. */
  readonly isTerm?: boolean;
  /** What stands for its number; nothing, where a label only decides which cell it is. */
  readonly text?: string;
}

/** A cell among the others, as its formula needs to know it. */
export interface Place extends Graph {
  readonly row: number;
  readonly column: number;
  readonly label: number;
  /** The samples of a loss: all, or with reduction "none" that of the row. */
  readonly counted: readonly number[];
  /** What the mean divides by; null: nothing is divided. */
  readonly divisor: number | null;
}

type Part = string | Operand;
type Name = (row: number, column: number) => string;
/** What made a number; over is the end of a sentence about a mean. */
type Sentence = (operands: readonly string[], over: string, place: Place) => string;

interface Row {
  readonly in: (numbers: Numbers) => Tensor | IndexTensor | number | undefined;
  readonly shape: Shape;
  /** What it is called in code that is taken along. */
  readonly code: string;
  /** What a screen reader calls one of its numbers. */
  readonly name: Readonly<Record<Language, Name>>;
  /** What a number is made of: its operands are its sources. */
  readonly formula: (place: Place) => readonly Part[];
  readonly made: Readonly<Record<Language, Sentence>>;
  /** How many of the operands the sentence names; left out: all. */
  readonly spoken?: number;
}

/** Of the pipeline as it should be; what the targets decide is there while they are not refused. */
const plain =
  (name: keyof PipelineTrace) =>
  ({ logitsTrace }: Numbers) =>
    (logitsTrace as Partial<PipelineTrace>)[name];
const front =
  (name: keyof PipelineTrace) =>
  ({ trace }: Numbers) =>
    trace?.softmaxInFront[name];

const named = (en: string, zh: string) => ({ en: () => en, zh: () => zh });
const namedByCell = (en: string, zh: string) => ({
  en: (row: number, column: number) => `${en}, sample ${row}, class ${column}`,
  zh: (row: number, column: number) => `${zh}，样本 ${row}，类别 ${column}`,
});

const one = (tensor: TensorId, row = 0, column = 0): Operand => ({ cell: cell(tensor, row, column) });
const term = (tensor: TensorId, row = 0, column = 0): Operand => ({ cell: cell(tensor, row, column), isTerm: true });
const labelOf = (row: number): Operand => ({ cell: cell("target", row), text: "" });
/** The number of a row that its label picks. */
const picked = (tensor: TensorId, { target }: Place, row: number) => [
  labelOf(row),
  term(tensor, row, target[row] ?? 0),
];

const joined = (separator: string, terms: readonly (readonly Part[])[]): Part[] =>
  terms.flatMap((parts, i) => (i === 0 ? parts : [separator, ...parts]));
const classesOf = ({ classes }: Place, tensor: TensorId, row: number): Operand[] =>
  range(classes).map((column) => one(tensor, row, column));
const sumOfExp = (place: Place, tensor: TensorId): Part[] =>
  joined(
    " + ",
    classesOf(place, tensor, place.row).map((operand) => ["exp(", operand, ")"]),
  );
const softmaxOf = (tensor: TensorId) => (place: Place) => [
  "exp(",
  one(tensor, place.row, place.column),
  ") / (",
  ...sumOfExp(place, tensor),
  ")",
];
const over = ({ divisor }: Place): Part[] => (divisor === null ? [] : [` / ${divisor}`]);
const grouped = (place: Place, parts: readonly Part[]): Part[] =>
  place.divisor === null ? [...parts] : ["(", ...parts, ")", ...over(place)];

const added: Record<Language, (items: readonly string[]) => string> = {
  en: (items) => (items.length === 1 ? `${items[0]}` : `${list.en(items)}, added up`),
  zh: (items) => (items.length === 1 ? `${items[0]}` : `${list.zh(items)} 相加`),
};
const softmaxMade: Row["made"] = {
  en: (o) => `exp of ${o[0]}, divided by the sum of exp of ${list.en(o.slice(1))}.`,
  zh: (o) => `${o[0]} 的指数，除以 ${list.zh(o.slice(1))} 的指数之和。`,
};

/** Sources stand before what is made from them. */
export const TENSORS: Readonly<Record<TensorId, Row>> = {
  x: {
    in: ({ x }) => x,
    shape: "matrix",
    code: "x",
    name: namedByCell("x", "x"),
    formula: ({ row, column }) => [`x[${row}, ${column}]`],
    made: named("An input.", "这是输入。"),
  },
  target: {
    in: ({ graph }) => ({
      data: BigInt64Array.from(graph.target, BigInt),
      shape: [graph.samples],
      dtype: "int64",
    }),
    shape: "vector",
    code: "y",
    name: { en: (row) => `label of sample ${row}`, zh: (row) => `样本 ${row} 的标签` },
    formula: ({ row }) => [`y[${row}]`],
    made: named("An input.", "这是输入。"),
  },
  rowMax: {
    in: plain("rowMax"),
    shape: "vector",
    code: "row_max",
    name: { en: (row) => `largest logit of sample ${row}`, zh: (row) => `样本 ${row} 最大的 logit` },
    formula: (place) => {
      const logits = classesOf(place, "x", place.row).map((operand) => [operand]);
      return ["max(", ...joined(", ", logits), ")"];
    },
    made: { en: (o) => `The largest of ${list.en(o)}.`, zh: (o) => `${list.zh(o)} 中最大的。` },
  },
  shifted: {
    in: plain("shifted"),
    shape: "matrix",
    code: "shifted",
    name: namedByCell("x minus maximum", "x 减最大值"),
    formula: ({ row, column }) => [one("x", row, column), " − ", term("rowMax", row)],
    made: {
      en: (o) => `${o[0]} minus the row maximum ${o[1]}.`,
      zh: (o) => `${o[0]} 减去这一行的最大值 ${o[1]}。`,
    },
  },
  exp: {
    in: plain("exp"),
    shape: "matrix",
    code: "exp",
    name: namedByCell("exp", "exp"),
    formula: ({ row, column }) => ["exp(", one("shifted", row, column), ")"],
    made: { en: (o) => `exp of ${o[0]}.`, zh: (o) => `${o[0]} 的指数。` },
  },
  sum: {
    in: plain("sum"),
    shape: "vector",
    code: "exp_sum",
    name: { en: (row) => `sum of sample ${row}`, zh: (row) => `样本 ${row} 的和` },
    formula: (place) =>
      joined(
        " + ",
        classesOf(place, "exp", place.row).map((operand) => [operand]),
      ),
    made: { en: (o) => `${list.en(o)}, added up.`, zh: (o) => `${list.zh(o)} 相加。` },
  },
  softmax: {
    in: plain("softmax"),
    shape: "matrix",
    code: "p",
    name: namedByCell("probability", "概率"),
    formula: (place) =>
      place.shifted ? [one("exp", place.row, place.column), " / ", one("sum", place.row)] : softmaxOf("x")(place),
    made: {
      en: (o, ...rest) => (o.length === 2 ? `${o[0]} divided by ${o[1]}.` : softmaxMade.en(o, ...rest)),
      zh: (o, ...rest) => (o.length === 2 ? `${o[0]} 除以 ${o[1]}。` : softmaxMade.zh(o, ...rest)),
    },
  },
  logOfSoftmax: {
    in: plain("logOfSoftmax"),
    shape: "matrix",
    code: "log_p",
    name: namedByCell("log of softmax", "softmax 的对数"),
    formula: ({ row, column }) => ["log(", one("softmax", row, column), ")"],
    made: { en: (o) => `The logarithm of ${o[0]}.`, zh: (o) => `${o[0]} 的对数。` },
  },
  logSoftmax: {
    in: plain("logSoftmax"),
    shape: "matrix",
    code: "log_softmax",
    name: namedByCell("log_softmax", "log_softmax"),
    formula: (place) => [one("x", place.row, place.column), " − log(", ...sumOfExp(place, "x"), ")"],
    made: {
      en: (o) => `${o[0]} minus the logarithm of the sum of exp of ${list.en(o.slice(1))}.`,
      zh: (o) => `${o[0]} 减去 ${list.zh(o.slice(1))} 的指数之和的对数。`,
    },
  },
  picked: {
    in: plain("picked"),
    shape: "vector",
    code: "picked",
    name: {
      en: (row) => `picked log-probability of sample ${row}`,
      zh: (row) => `样本 ${row} 取出的对数概率`,
    },
    formula: ({ row, label }) => [
      labelOf(row),
      { cell: cell("logOfSoftmax", row, label), text: `log_p[${row}, ${label}]` },
    ],
    made: {
      en: (_o, _over, { label }) => `The log-probability at the label, class ${label}.`,
      zh: (_o, _over, { label }) => `标签处（类别 ${label}）的对数概率。`,
    },
  },
  pickedSum: {
    in: plain("pickedSum"),
    shape: "number",
    code: "picked_sum",
    name: named("sum of the picked log-probabilities", "取出的对数概率之和"),
    formula: ({ samples }) =>
      joined(
        " + ",
        range(samples).map((row) => [term("picked", row)]),
      ),
    made: { en: (o) => `${list.en(o)}, added up.`, zh: (o) => `${list.zh(o)} 相加。` },
  },
  lossByHand: {
    in: plain("lossByHand"),
    shape: "loss",
    code: "loss_by_hand",
    name: named("loss by hand", "自己实现的损失"),
    formula: (place) => [
      "|",
      place.reduction === "none" ? one("picked", place.row) : one("pickedSum"),
      ...over(place),
      "|",
    ],
    made: { en: (o, over) => `${o[0]}${over}, without its sign.`, zh: (o, over) => `${o[0]}${over}，去掉负号。` },
  },
  nllLoss: {
    in: plain("nllLoss"),
    shape: "loss",
    code: "nll_loss",
    name: named("nll_loss", "nll_loss"),
    formula: (place) => {
      const terms = place.counted.map((row) => picked("logOfSoftmax", place, row));
      return terms.length === 1 ? ["−", ...terms.flat()] : ["−(", ...joined(" + ", terms), ")", ...over(place)];
    },
    made: {
      en: (o, over) => `${added.en(o)}${over}, with the sign changed.`,
      zh: (o, over) => `${added.zh(o)}${over}，再变号。`,
    },
  },
  losses: {
    in: plain("losses"),
    shape: "vector",
    code: "losses",
    name: { en: (row) => `loss of sample ${row}`, zh: (row) => `样本 ${row} 的损失` },
    formula: (place) => ["−", ...picked("logSoftmax", place, place.row)],
    made: { en: (o) => `${o[0]} with its sign changed.`, zh: (o) => `${o[0]} 变号。` },
  },
  loss: {
    in: plain("loss"),
    shape: "loss",
    code: "loss",
    name: named("cross_entropy", "cross_entropy"),
    formula: (place) =>
      grouped(
        place,
        joined(
          " + ",
          place.counted.map((row) => [one("losses", row)]),
        ),
      ),
    made: { en: (o, over) => `${added.en(o)}${over}.`, zh: (o, over) => `${added.zh(o)}${over}。` },
  },
  gradLogits: {
    in: plain("gradLogits"),
    shape: "matrix",
    code: "x_grad",
    name: namedByCell("gradient", "梯度"),
    formula: (place) => {
      const { row, column, label } = place;
      const probability = one("softmax", row, column);
      return column === label
        ? [...grouped(place, [probability, " − 1"]), labelOf(row)]
        : [probability, ...over(place), labelOf(row)];
    },
    made: {
      en: (o, over, { column, label }) => `The probability ${o[0]}${column === label ? " minus 1" : ""}${over}.`,
      zh: (o, over, { column, label }) => `概率 ${o[0]}${column === label ? " 减 1" : ""}${over}。`,
    },
  },
  frontSoftmax: {
    in: front("softmax"),
    shape: "matrix",
    code: "softmax_p",
    name: namedByCell("softmax of softmax", "softmax 的 softmax"),
    formula: softmaxOf("softmax"),
    made: softmaxMade,
  },
  frontLoss: {
    in: front("loss"),
    shape: "loss",
    code: "loss_p",
    name: named("loss with softmax in front", "前面加了 softmax 的损失"),
    formula: (place) => {
      const logs = place.counted.map((row) => ["log(", ...picked("frontSoftmax", place, row), ")"]);
      return grouped(place, ["−", ...joined(" − ", logs)]);
    },
    made: {
      en: (o, over) => `The logarithms of ${added.en(o)}${over}, with the sign changed.`,
      zh: (o, over) => `${list.zh(o)} 的对数${o.length > 1 ? "相加" : ""}${over}，再变号。`,
    },
  },
  frontGradLogits: {
    in: front("gradLogits"),
    shape: "matrix",
    code: "x_grad_p",
    name: namedByCell("gradient with softmax in front", "前面加了 softmax 的梯度"),
    formula: (place) => {
      const { row, label } = place;
      const pull = (column: number): Part[] =>
        column === label ? ["(", one("frontSoftmax", row, column), " − 1)"] : [one("frontSoftmax", row, column)];
      const product = (column: number): Part[] => [one("softmax", row, column), " · "];
      const shared = range(place.classes).map((column) => [...product(column), ...pull(column)]);
      return [
        ...product(place.column),
        "(",
        ...pull(place.column),
        " − (",
        ...joined(" + ", shared),
        "))",
        ...over(place),
        labelOf(row),
      ];
    },
    made: {
      en: (o, over) => `Made from the probabilities ${list.en(o)}, back through both softmaxes${over}.`,
      zh: (o, over) => `由概率 ${list.zh(o)} 得到，往回穿过两层 softmax${over}。`,
    },
    spoken: 2,
  },
};

/** The end of a sentence about a mean. */
export const OVER: Readonly<Record<Language, (divisor: number | null) => string>> = {
  en: (divisor) => (divisor === null ? "" : `, divided by ${divisor}`),
  zh: (divisor) => (divisor === null ? "" : `，除以 ${divisor}`),
};

export function placeOf({ row, column }: CellRef, graph: Graph): Place {
  const { samples, target, reduction } = graph;
  return {
    ...graph,
    row,
    column,
    label: target[row] ?? 0,
    counted: reduction === "none" ? [row] : range(samples),
    divisor: reduction === "mean" && samples > 1 ? samples : null,
  };
}
