import { quoted } from "../inline.ts";
import type { ReadText } from "./index.ts";

const PARTS: Readonly<Record<string, string>> = {
  header: "the first row is a header",
  index: "the first column counts the rows",
  labels: "a column has the labels",
};
const DTYPE: Readonly<Record<string, string>> = { int64: "Overflow when unpacking long" };

export const en: ReadText = {
  at: (source, line, column) => {
    const place = line === null ? "" : `line ${line}, column ${column}`;
    return [source, place].filter(Boolean).join(", ");
  },
  placed: (words, at) => `${words} (${at})`,
  instead: (code) => `Type this instead, and paste what it prints: \`${code}\``,
  refusals: {
    nothing: () => "there is nothing in it",
    tooMany: (d) => `it has more than ${d.most} numbers: save it as a file and bring that`,
    notANumber: (d) => `${quoted(`${d.token}`)} is not a number`,
    emptyCell: () => "a cell is empty, and what belongs there is not known",
    ragged: (d) => `expected sequence of length ${d.expected} at dim ${d.dim} (got ${d.got}), in row ${d.row}`,
    nesting: (d) => `${quoted(`${d.token}`)} stands ${d.depth} brackets deep, and the numbers before it ${d.expected}`,
    unclosed: (d) => `${quoted(`${d.bracket}`)} is opened and not closed: the end is missing`,
    closer: (d) =>
      d.expected === ""
        ? `${quoted(`${d.got}`)} closes what was not opened`
        : `${quoted(`${d.got}`)} stands where ${quoted(`${d.expected}`)} was expected`,
    outside: (d) => `${quoted(`${d.text}`)} stands outside of the brackets, and what it means there is not known`,
    unexpected: (d) => `${quoted(`${d.token}`)} was not expected there`,
    arithmetic: (d) => `${quoted(`${d.text}`)} would change the numbers, and nothing is computed here`,
    call: (d) => `${quoted(`${d.call}`)} would have to be run, and nothing is run here`,
    cut: () => "the print is cut: “...” stands for numbers that are not there",
    tooDeep: (d) => `it has more than ${d.most} brackets in each other`,
    mixedSeparators: (d) => `commas and spaces both part the numbers near ${quoted(`${d.token}`)}: it could be a sum`,
    missing: (d) => `${quoted(`${d.token}`)} is no number: a value is missing`,
    thousands: () =>
      "the comma may stand for a decimal point or part the thousands: write points, and no commas in numbers",
    complex: (d) => `${quoted(`${d.token}`)} is a complex number`,
    sparse: () => "the tensor is sparse: what lies between its values is not printed",
    quantized: () => "the tensor is quantized",
    dtype: (d) => `the dtype ${quoted(`${d.token}`)} is not known here`,
    dtypes: (d) => `it says two dtypes: ${d.dtypes}`,
    argument: (d) => `what ${quoted(`${d.argument}`)} does to the numbers is not known here`,
    shape: (d) => `it says the shape (${list(d.said)}), and has the shape (${list(d.got)})`,
    mixed: () => "numbers, words and True or False stand in one list",
    notWhole: (d) => `not all of its numbers are whole, and it says ${d.dtype}`,
    integerOverflow: (d) =>
      `${DTYPE[`${d.dtype}`] ?? `value cannot be converted to type ${d.dtype} without overflow`}: ${quoted(`${d.token}`)}`,
  },
  notices: {
    leftOut: (d) => `Left out: ${quoted(`${d.text}`)}.`,
    inf: (d) => `${quoted(`${d.token}`)} is inf in ${d.dtype}, as in PyTorch.`,
    header: (d) => `The first row is a header: ${quoted(`${d.names}`)}.`,
    indexColumn: () => "The first column counts the rows and is left out.",
    labelColumn: (d) => `Column ${d.column} has the labels.`,
    decimalComma: () => "Commas are read as decimal points.",
  },
  questions: {
    decimalComma: () => "The commas may be decimal points, or part numbers.",
    table: (d) => `All of it may be numbers of x; or ${parts(`${d.kinds}`)}.`,
    rowsOrTensors: (d) => `These ${d.count} lists may be the rows of one tensor, or tensors of their own.`,
  },
  way: (id) =>
    ({
      rows: "rows of one tensor",
      commas: "commas and spaces part numbers",
      decimalComma: "decimal commas",
      data: "all of it is numbers of x",
      apart: "tensors of their own",
      labels: "the labels apart",
    })[id] ?? parts(id),
};

function parts(kinds: string): string {
  return kinds
    .split(/\+|, /)
    .map((kind) => PARTS[kind] ?? kind)
    .join(", ");
}

function list(sizes: unknown): string {
  return Array.isArray(sizes) ? sizes.join(", ") : String(sizes);
}
