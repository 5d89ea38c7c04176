// Rows without brackets: CSV, TSV, Markdown, what pandas prints, numbers between spaces, "1,2;3,4". Where lines, commas or
// columns can mean two things, both are read.

import { match, type Piece, STRIDE, type Steps } from "./brackets.ts";
import { dtypeOf } from "./dtypes.ts";
import { Numbers } from "./numbers.ts";
import type { Paste } from "./paste.ts";
import { type Details, FIX, Refused, refuse } from "./refusal.ts";
import { roleOf } from "./roles.ts";
import type { Notice, NumberDtype } from "./types.ts";

/** One way to read a text. The first of several is the plain one: every row and column is data. */
export interface PieceWay {
  readonly id: string;
  readonly pieces: readonly Piece[];
  readonly notices: readonly Notice[];
}

/** The ways to read a text, and, where there are several, what to ask. */
export interface Ways {
  readonly question: { readonly kind: string; readonly at: number; readonly details: Details } | null;
  readonly ways: readonly PieceWay[];
}

/** How the cells of a text are parted. */
interface Layout {
  readonly id: "rows" | "decimalComma" | "commas";
  readonly cell: "," | ";" | "\t" | "|" | " " | ", ";
  /** Semicolons end a row too. */
  readonly semicolons: boolean;
  readonly decimalComma: boolean;
}

/** So much of a text decides how it is laid out. */
const SAMPLE = 4096;
const RULE = /^[\s|:+=\-─━┼╪┌┐└┘├┤┬┴]*[-=─━═][\s|:+=\-─━┼╪┌┐└┘├┤┬┴]*$/;
const COMMENT = /^\s*(#|% |```)/;
const DTYPE = /^(?:Name: (.*), )?(?:Length: \d+, )?dtype: (\w+)$/;
const INDEX = /^(|#|id|idx|index|no\.?|row|sample|unnamed: ?\d+|序号|编号)$/i;
/** What a model has decided, beside what it was to decide. */
const DECIDED = /^(y_?)?(pred(icted|iction)?s?|hat|argmax)(_?(class|label|id)s?)?$/i;
/** A label's name too, where no other is one; a class can be called so. */
const ACTUAL = /^(true|actual)$/i;
const LABEL = /^(y|labels?|targets?|class(es)?|y_?true|truth|gt|ground_?truth|标签|类别|真值)$/i;

/** Rows, and under a blank line others: more of the same, or something else, such as their labels. */
export function* readTable(pasted: Paste): Steps<Ways> {
  const blocks = blocksOf(pasted);
  if (blocks.length < 2) return yield* readRows(pasted);
  const ways: PieceWay[] = [];
  let asked: Ways | null = null;
  let refused: unknown = null;
  try {
    asked = yield* readRows(pasted);
    ways.push({ ...(asked.ways[0] as PieceWay), id: "rows" });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refused = error;
  }
  try {
    const pieces: Piece[] = [];
    const notices: Notice[] = [];
    for (const [from, to] of blocks) {
      const plain = (yield* readRows(pasted.part(from, to))).ways[0] as PieceWay;
      pieces.push(...plain.pieces.map((piece) => ({ ...piece, at: piece.at + from })));
      notices.push(...plain.notices);
    }
    ways.push({ id: "apart", pieces, notices });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (asked) return asked;
    throw refused;
  }
  if (ways.length === 1) return { question: null, ways };
  const [, [at = 0] = []] = blocks;
  return { question: { kind: "blankLine", at, details: { count: blocks.length } }, ways };
}

/** What blank lines part; none, where each has one row: those are rows that stand far from each other. */
function blocksOf({ text }: Paste): (readonly [from: number, to: number])[] {
  if (!BLANK_LINE.test(text.trimEnd())) return [];
  const blocks = [...text.matchAll(/^(?:[^\S\n]*\S[^\n]*(?:\n|$))+/gm)];
  const areRemarks = (block: string) => block.split("\n").every((line) => line.trim() === "" || COMMENT.test(line));
  const isOne = blocks.length > MOST_BLOCKS || blocks.every(([block]) => !block.trim().includes("\n"));
  if (isOne || blocks.some(([block]) => areRemarks(block))) return [];
  return blocks.map(({ index, 0: block }) => [index, index + block.length]);
}

const BLANK_LINE = /\n[^\S\n]*\n/;
const MOST_BLOCKS = 16;

/** Every number is multiplied by this power of ten, in its text. */
export function* readRows(pasted: Paste, scale = 0): Steps<Ways> {
  refuseThousands(pasted);
  const layouts = layoutsOf(pasted.text);
  // "1,234;5,678" can be rows all the same, as links have them.
  if (layouts[0]?.id !== "rows") refuseDecimals(pasted);
  const read: { layout: Layout; grid: Grid }[] = [];
  let refused: unknown = null;
  for (const layout of layouts) {
    try {
      const text = layout.decimalComma ? pasted.with((plain) => plain.replaceAll(",", ".")) : pasted;
      read.push({ layout, grid: yield* gridOf(text, layout, scale) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused ??= error;
    }
  }
  const [first, ...others] = read;
  if (first === undefined) throw refused;
  if (others.length === 0) return waysOf(pasted, first.grid, first.layout.decimalComma);
  const ways = read.map(({ layout, grid }) => ({ id: layout.id, ...wayOf(grid, {}) }));
  return { question: { kind: "decimalComma", at: pasted.text.search(/\S/), details: {} }, ways };
}

/** The ways that the text may be laid out in, by its marks alone; that the cells are numbers shows later. */
function layoutsOf(text: string): Layout[] {
  const whole = text.slice(0, SAMPLE);
  const lines = whole
    .split(/[\n\r]+/)
    .filter((line) => line.trim() !== "" && !COMMENT.test(line) && !DTYPE.test(line.trim()));
  // The last one may be cut in the middle.
  const sample = text.length > SAMPLE && lines.length > 1 ? lines.slice(0, -1) : lines;
  const layout = (id: Layout["id"], cell: Layout["cell"], more: Partial<Layout> = {}): Layout => {
    return { id, cell, semicolons: false, decimalComma: false, ...more };
  };
  const commas = sample.some((line) => line.includes(","));
  const withCommas = (cell: Layout["cell"]): Layout[] => {
    return commas ? [layout("decimalComma", cell, { decimalComma: true })] : [layout("rows", cell)];
  };
  if (sample.some((line) => /^\s*\||\s\|\s/.test(line))) return withCommas("|");
  if (sample.some((line) => line.trim().includes("\t"))) return withCommas("\t");
  if (sample.some((line) => /;\s*\S/.test(line))) {
    const body = sample.length > 1 && !/\d/.test(sample[0] ?? "") ? sample.slice(1) : sample;
    const parts = body.flatMap((line) => line.split(";").filter((part) => part.trim() !== ""));
    const rows = layout("rows", commas ? "," : " ", { semicolons: true });
    const cells = layout(commas ? "decimalComma" : "rows", ";", { decimalComma: commas });
    const single = body.length > 1 && parts.every((part) => /^\s*[^\s,]+\s*$/.test(part));
    // "1,5" is a number with a decimal comma, or a row of two.
    const double = parts.every((part) => /^\s*[+-]?\d+,\d+\s*$/.test(part));
    if (parts.length === 0) return [rows];
    if (single) return [cells];
    if (double) return [rows, cells];
    return commas && body.length > 1 && parts.every(isDecimal) ? [cells] : [rows];
  }
  const semicolons = sample.some((line) => line.includes(";"));
  if (!commas) return [layout("rows", " ", { semicolons })];
  const spaced = sample.every((line) => {
    const words = line.trim().split(/\s+/);
    return words.every(isDecimal) && (words.length > 1 || !words[0]?.includes(","));
  });
  const decimals = spaced && sample.some((line) => line.includes(","));
  if (!decimals) return [layout("rows", ",", { semicolons })];
  return [layout("commas", ", ", { semicolons }), layout("decimalComma", " ", { decimalComma: true })];
}

const isDecimal = (word: string): boolean => /^\s*[+-]?\d+(,\d+)?(e[+-]?\d+)?\s*$/i.test(word);

/** 1,234 is one thousand and something, or one and something, or two numbers where only other commas have a space behind. */
function refuseThousands(pasted: Paste): void {
  let start = 0;
  for (const line of pasted.text.slice(0, SAMPLE).split("\n")) {
    const at = line.search(/(?<![\d.])[1-9]\d{0,2},\d{3}(?!\d)/);
    if (at >= 0 && /\d,\s+[-+.\d]/.test(line)) refuse("thousands", pasted.place(start + at));
    start += line.length + 1;
  }
}

/** Where no comma tells whether it is a point, nobody can. */
function refuseDecimals(pasted: Paste): void {
  const other = /\d,(?!\d{3}(?!\d))|\d{4},|(?<!\d)0,/;
  const at = pasted.text.search(/,/);
  if (!other.test(pasted.text)) refuse("thousands", pasted.place(at));
}

/** What stands in the cells. */
interface Grid {
  readonly at: number;
  readonly header: readonly string[] | null;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Row by row, of the columns that are numbers. */
  readonly numbers: Numbers;
  readonly said: NumberDtype | null;
  /** No number of the last row has a point. */
  readonly lastWhole: boolean;
  /** The first column is no data, as pandas prints it. */
  readonly indexed: boolean;
  readonly notices: readonly Notice[];
}

interface Column {
  readonly words: string[] | null;
  /** Its numbers are all whole, or all have a point. */
  whole: boolean;
  pointed: boolean;
  /** 0, 1, 2 … or 1, 2, 3 …; the value of its first number. */
  counts: boolean;
  first: number;
  least: number;
  most: number;
}

interface Cell {
  readonly from: number;
  readonly to: number;
  /** Without its quotes; null: there are none. */
  readonly quoted: string | null;
}

function* gridOf(pasted: Paste, layout: Layout, scale: number): Steps<Grid> {
  const { text } = pasted;
  const numbers = new Numbers(pasted);
  numbers.setScale(scale);
  const notices: Notice[] = [];
  const leave = (from: number, to: number) => {
    const words = pasted.quote(from, to);
    if (/\w/.test(words)) notices.push({ kind: "leftOut", place: pasted.place(from), details: { text: words } });
  };
  const lines = linesOf(text, layout.semicolons);
  let columns: Column[] | null = null;
  let header: Cell[] | null = null;
  let said: NumberDtype | null = null;
  let rows = 0;
  let lastWhole = true;
  let indented = false;
  /** The header has no cell over the first column. */
  let shorter = false;
  let at = -1;
  let next = STRIDE;
  let held: Cell[] | null = null;

  let firstRow: readonly Cell[] = [];
  /** Words are labels; rows that semicolons part have none. */
  const isWord = ({ from, to, quoted }: Cell) => {
    if (layout.semicolons) return false;
    // "1,234.5" is a number all the same.
    // "loss:" says what stands behind it.
    return quoted === null
      ? isName(text.slice(from, to)) && text[to - 1] !== ":"
      : !/^[\s+-]*[\d.,][\d., ]*$/.test(quoted);
  };

  const take = (cells: readonly Cell[]) => {
    if (columns === null) firstRow = cells;
    columns ??= cells.map((cell) => {
      const whole = { whole: true, pointed: true, counts: true, first: 0, least: 0, most: 0 };
      return { words: isNumber(numbers, cell) ? null : [], ...whole };
    });
    if (cells.length !== columns.length) refuseRow(cells, columns.length);
    for (const [c, column] of columns.entries()) {
      const cell = cells[c] as Cell;
      if (column.words === null) {
        if (cell.from === cell.to || number(cell.from, column) !== cell.to) refuseCell(cell);
      } else if (isWord(cell)) column.words.push(cell.quoted ?? text.slice(cell.from, cell.to));
      else refuseCell(column.words.length > 0 && isNumber(numbers, cell) ? (firstRow[c] as Cell) : cell);
    }
    rows++;
  };
  /** Reads a number of a column; gives where it ends. */
  const number = (at: number, column: Column): number => {
    const before = numbers.fractional;
    numbers.fractional = false;
    const end = numbers.take(at);
    const value = numbers.last;
    if (rows === 0) column.first = value;
    if (column === columns?.[0]) lastWhole = true;
    if (numbers.fractional) column.whole = lastWhole = false;
    else column.pointed = false;
    if (value !== column.first + rows) column.counts = false;
    column.least = Math.min(column.least, value);
    column.most = Math.max(column.most, value);
    numbers.fractional ||= before;
    return end;
  };
  /** Reads a row of nothing but numbers, as most are; false: it is another one, and nothing of it is kept. */
  const isPlainRow = (from: number, to: number): boolean => {
    if (columns === null || indented || layout.cell === "|") return false;
    const kept = numbers.count;
    let at = from;
    const skip = () => {
      while (at < to && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 13)) at++;
    };
    for (const [c, column] of columns.entries()) {
      skip();
      const end = column.words === null ? number(at, column) : at;
      const start = at;
      at = end;
      skip();
      const isLast = c === columns.length - 1;
      const next = text[at] ?? "";
      const isParted = layout.cell === " " ? at > end : layout.cell !== ", " && next === layout.cell;
      if (end === start || (isLast ? at < to : !isParted)) {
        numbers.count = kept;
        return false;
      }
      if (!isLast && layout.cell !== " ") at++;
    }
    rows++;
    return true;
  };
  const refuseCell = (cell: Cell): never => {
    const token = pasted.quote(cell.from, cell.to);
    if (cell.from === cell.to) refuse("emptyCell", pasted.place(cell.from));
    if (/^(\.\.\.|…)/.test(token)) refuse("cut", pasted.place(cell.from), {}, FIX.list);
    if (token === "\\") refuse("wrapped", pasted.place(cell.from), {}, FIX.table);
    if (/^(none|null|na|<na>|n\/a|-)$/i.test(token)) refuse("missing", pasted.place(cell.from), { token });
    if (/[\d.]\s+[+-]?[\d.]/.test(token)) refuse("mixedSeparators", pasted.place(cell.from), { token });
    if (/^[\d.]+\s*[*/+-]|[*/]\s*[\d.]+$/.test(token)) {
      refuse("arithmetic", pasted.place(cell.from), { text: token }, FIX.list);
    }
    return refuse("notANumber", pasted.place(cell.from), { token });
  };
  const refuseRow = (cells: readonly Cell[], expected: number): never => {
    const end = (cells.at(-1) as Cell).to;
    const [behind = ""] = match(/["'\t ]*/y, text, end) ?? [];
    const separator = text[end + behind.trimEnd().length] ?? "";
    const isOpen =
      layout.cell !== " " && cells.length < expected && separator !== "" && layout.cell.includes(separator);
    const empty = cells.find(isEmpty)?.from ?? (isOpen ? end + 1 : null);
    if (empty !== null) refuse("emptyCell", pasted.place(empty));
    const bad = cells.find((cell) => !isNumber(numbers, cell));
    if (bad) refuseCell(bad);
    const details = { row: rows, got: cells.length, expected, dim: 1 };
    return refuse("ragged", pasted.place(cells[0]?.from ?? 0), details);
  };
  /** The first row waits for the second: only beside that it shows whether it is a header. */
  const settle = (first: Cell[], second: Cell[] | null) => {
    const data = (cell: Cell | undefined) => cell !== undefined && isNumber(numbers, cell);
    const corner = isEmpty(first[0]) && second !== null && !isEmpty(second[0]);
    // A header of numbers, over one column more, is that of pandas: 0, 1, 2 ….
    const counts = (cell: Cell, c: number) => text.slice(cell.from, cell.to) === String(c);
    const indexed = second?.[0] !== undefined && /^\d+$|^\p{L}/u.test(text.slice(second[0].from, second[0].to));
    shorter = second?.length === first.length + 1 && indexed && (!first.every(data) || first.every(counts));
    const words = second?.some((cell, c) => data(cell) && c < first.length && !data(first[c])) ?? false;
    // Rows that semicolons part stand in one line, and have no header.
    const named = !layout.semicolons && isHeader(first.map((cell) => cell.quoted ?? text.slice(cell.from, cell.to)));
    if (second !== null && (shorter || corner || words) && named) header = shorter ? [EMPTY, ...first] : first;
    else {
      indented = isEmpty(first[0]) && first.length > 1;
      const cells = indented ? first.slice(1) : first;
      const word = cells.findIndex((cell) => !data(cell));
      const more = cells.findIndex((cell, c) => c > word && !data(cell));
      if (word >= 0 && (second === null || more >= 0)) refuseCell(cells[word] as Cell);
      take(cells);
    }
  };

  for (const [from, to] of lines) {
    if (from >= next) {
      next = from + STRIDE;
      yield from;
    }
    if (isPlainRow(from, to)) continue;
    const line = text.slice(from, Math.min(to, from + 200));
    if (line.trim() === "") continue;
    if (COMMENT.test(line)) {
      leave(from, to);
      continue;
    }
    if (layout.cell === "|" && RULE.test(line)) continue;
    const series = DTYPE.exec(line.trim());
    if (series && rows + (held ? 1 : 0) > 0) {
      said = dtypeOf(series[2] ?? "") ?? null;
      continue;
    }
    const cells = cellsOf(pasted, from, to, layout.cell);
    if (cells.length === 0) continue;
    if (at < 0) at = cells[0]?.from ?? from;
    if (rows === 0 && header === null && held === null) {
      held = cells;
      continue;
    }
    if (held) settle(held, cells);
    held = null;
    const own = indented && isEmpty(cells[0]) ? cells.slice(1) : cells;
    if (own.length === 0) refuse("emptyCell", pasted.place(from));
    take(own);
  }
  if (held) settle(held, null);
  if (columns === null) refuse("nothing", pasted.place(0));
  const names = (header as Cell[] | null)?.map(({ from, to, quoted }) => quoted ?? text.slice(from, to)) ?? null;
  if (names && names.length !== (columns as Column[]).length) {
    const first = (header as unknown as Cell[])[0] as Cell;
    const details = { row: 0, got: (columns as Column[]).length, expected: names.length, dim: 1 };
    refuse("ragged", pasted.place(first.from), details);
  }
  return { at, header: names, rows, columns, numbers, said, lastWhole, indexed: shorter || said !== null, notices };
}

const EMPTY: Cell = { from: 0, to: 0, quoted: null };
const isEmpty = (cell: Cell | undefined): boolean => cell !== undefined && cell.from === cell.to && !cell.quoted;

function isNumber(numbers: Numbers, { from, to }: Cell): boolean {
  return from < to && numbers.endOf(from) === to;
}

const isName = (name: string): boolean => /^[\p{L}_]/u.test(name);

/** Names; numbers can be some that count the columns, beside names that say what else there is. */
function isHeader(names: readonly string[]): boolean {
  const counts = names.filter((name) => /^\d+$/.test(name));
  const others = names.filter((name) => !counts.includes(name));
  if (counts.length === 0) return others.every((name, c) => isName(name) || (c === 0 && INDEX.test(name)));
  return counts.every((name, c) => Number(name) === c) && others.every((name) => INDEX.test(name) || LABEL.test(name));
}

/** Where the rows are: lines, or what semicolons part. */
function* linesOf(text: string, semicolons: boolean): Generator<[from: number, to: number]> {
  let from = 0;
  while (from < text.length) {
    let to = from;
    for (; to < text.length; ++to) {
      const c = text.charCodeAt(to);
      if (c === 10 || c === 13 || (semicolons && c === 59)) break;
    }
    yield [from, to];
    from = to + 1;
  }
}

/** The cells of a row. Behind the last separator there is none. */
function cellsOf(pasted: Paste, from: number, end: number, separator: Layout["cell"]): Cell[] {
  const { text } = pasted;
  const cells: Cell[] = [];
  const mark = separator.charCodeAt(0);
  const isSpaced = separator.includes(" ");
  const isBlank = (c: number) => c === 32 || (c >= 9 && c <= 13 && c !== mark);
  const parts = (c: number) => c === mark || (isSpaced && isBlank(c));
  let to = end;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  if (separator === "|" && text[at] === "|") at++;
  while (at < to) {
    while (at < to && isBlank(text.charCodeAt(at))) at++;
    const start = at;
    let quoted: string | null = null;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      do at = text.indexOf(quote, at + 1) + 1;
      while (at > 0 && at < to && text[at] === quote);
      if (at <= 0 || at > to) refuse("unclosed", pasted.place(start), { bracket: quote });
      quoted = text.slice(start + 1, at - 1).replaceAll(quote + quote, quote);
      const closed = at;
      if (!isSpaced) while (at < to && isBlank(text.charCodeAt(at))) at++;
      if (at < to && !parts(text.charCodeAt(at))) {
        refuse("notANumber", pasted.place(start), { token: pasted.quote(start, to) });
      }
      at = closed;
    }
    while (at < to && !parts(text.charCodeAt(at))) at++;
    let stop = at;
    while (stop > start && isBlank(text.charCodeAt(stop - 1))) stop--;
    const inner = quoted === null ? 0 : 1;
    cells.push({ from: start + inner, to: stop - inner, quoted });
    if (isSpaced) {
      while (at < to && isBlank(text.charCodeAt(at))) at++;
      if (separator === ", " && text[at] === ",") at++;
    } else at++;
  }
  return cells;
}

/** By their names neither logits nor labels: losses, file names, what was predicted. */
function isAside({ header, columns }: Grid, c: number, label: number): boolean {
  const name = header?.[c]?.trim() ?? "";
  if (columns[c]?.words) return true;
  const { role } = roleOf(name);
  if (name !== "" && /^(loss|accuracy|weight|other)$/.test(role ?? "")) return true;
  return label >= 0 && (columns[c]?.whole ?? false) && DECIDED.test(name);
}

/** The rows and columns that may be no data. */
interface Features {
  /** Columns that count for nothing. */
  readonly left?: readonly number[];
  readonly header?: boolean;
  readonly index?: boolean;
  /** The column of the labels. */
  readonly labels?: number;
}

/** What of a table may be something else than data, and every way that this leaves. */
function waysOf(pasted: Paste, grid: Grid, decimalComma: boolean): Ways {
  const { header, columns, rows } = grid;
  const last = columns.length - 1;
  const notices: Notice[] = [];
  const note = (kind: string, details: Details = {}) => {
    notices.push({ kind, place: pasted.place(grid.at), details });
  };
  if (decimalComma) note("decimalComma");
  if (header) note("header", { names: header.filter((name) => name !== "").join(", ") });
  const named = (pattern: RegExp) => header?.findIndex((name) => pattern.test(name.trim())) ?? -1;
  const words = columns.findIndex((column) => column.words !== null);
  const isActual = named(/^false$/i) < 0 && columns[named(ACTUAL)]?.whole;
  const called = named(LABEL) < 0 && isActual ? named(ACTUAL) : named(LABEL);
  const label = columns.length > 1 && called >= 0 ? called : words;
  const wordy = columns.flatMap(({ words }, c) => (words === null ? [] : [c]));
  if (called < 0 && wordy.length > 1) refuse("notANumber", pasted.place(grid.at), { token: header?.[words] ?? "" });
  const isIndexed = grid.indexed || (named(INDEX) === 0 && (columns[0]?.counts || header?.[0] !== ""));
  const isLeft = (c: number) => c !== label && !(isIndexed && c === 0) && isAside(grid, c, label);
  const aside = header === null ? [] : columns.flatMap((_, c) => (isLeft(c) ? [c] : []));
  const isLog = aside.length === columns.length && columns.length > 1;
  if (isLog && words < 0) return { question: null, ways: [{ id: "data", pieces: namedColumns(grid), notices }] };
  const left = isLog || columns.length === 1 ? [] : aside;
  const sure: { index?: boolean; labels?: number; left: readonly number[] } = { left };
  for (const c of left) note("leftOut", { text: header?.[c] ?? "" });
  if (isIndexed) {
    sure.index = true;
    note("indexColumn");
  }
  if (label >= 0 && columns.length > 1) {
    sure.labels = label;
    note("labelColumn", { column: label });
  }
  const maybe: { kind: "header" | "index" | "labels"; features: Features }[] = [];
  /** All columns but these have a point in every number. */
  const others = (...without: number[]) => {
    return columns.every(({ pointed, words }, c) => without.includes(c) || words !== null || pointed);
  };
  const isWhole = (c: number) => (columns[c]?.whole ?? false) && columns[c]?.words === null;
  /** A column of whole numbers beside others that are none. */
  const areLabels = (c: number, ...without: number[]) => {
    const classes = last - without.length;
    if (!isWhole(c) || classes < 2) return false;
    if (rows > 1 && others(c, ...without)) return true;
    const { least, most } = columns[c] as Column;
    const areFractions = columns.every(({ whole }, other) => other === c || without.includes(other) || !whole);
    return (rows > 1 || classes > 2) && areFractions && least >= 0 && most <= classes;
  };
  if (header === null && words < 0 && rows > 1 && columns.length > 1 && grid.numbers.countsUp(columns.length)) {
    // A header of numbers makes its columns whole in their first cell only.
    const rest = columns.every(({ whole }) => !whole);
    if (rest) maybe.push({ kind: "header", features: { header: true } });
  }
  const counted =
    !sure.index &&
    sure.labels !== 0 &&
    rows > 1 &&
    last > 1 &&
    isWhole(0) &&
    columns[0]?.counts &&
    (columns[0]?.first ?? 2) <= 1;
  if (counted && others(0, last)) maybe.push({ kind: "index", features: { index: true } });
  if (sure.labels === undefined) {
    const index = sure.index || counted ? [0] : [];
    if (areLabels(last, ...index)) maybe.push({ kind: "labels", features: { labels: last } });
    else if (!sure.index && rows > 1 && areLabels(0)) maybe.push({ kind: "labels", features: { labels: 0 } });
  }
  const plain = { id: "data", ...wayOf(grid, sure, notices) };
  const [x] = plain.pieces;
  if (maybe.length === 0 && sure.labels === undefined && x && isLabelled(grid, x.shape)) {
    return { question: { kind: "lastRow", at: grid.at, details: {} }, ways: [plain, withoutLast(plain, x)] };
  }
  if (maybe.length === 0) return { question: null, ways: [plain] };
  const all = Object.assign({}, sure, ...maybe.map(({ features }) => features)) as Features;
  const one = maybe.map(({ kind, features }) => {
    return { id: kind, ...wayOf(grid, { ...sure, ...features }, notices) };
  });
  const both = { id: maybe.map(({ kind }) => kind).join("+"), ...wayOf(grid, all, notices) };
  const kinds = maybe.map(({ kind }) => kind);
  return {
    question: { kind: "table", at: grid.at, details: { kinds: kinds.join(", ") } },
    // The first column cannot be both.
    ways: [plain, ...one, ...(maybe.length > 1 && !(all.index && all.labels === 0) ? [both] : [])],
  };
}

/** Whether the last row of C can be the labels of the C rows above: whole, and of classes, under rows that are not. */
function isLabelled({ numbers, columns, lastWhole }: Grid, [rows = 0, classes = 0]: readonly number[]): boolean {
  if (!lastWhole || rows !== classes + 1 || classes < 2 || columns.length !== classes) return false;
  const isLabel = (value: number) => Number.isInteger(value) && value >= 0 && value < classes;
  return Array.from({ length: rows }, (_, row) => numbers.row(row, classes)).every((row, r) =>
    r === classes ? row.every(isLabel) : !row.every(Number.isInteger),
  );
}

/** The last row of x apart from it. */
function withoutLast(way: PieceWay, x: Piece): PieceWay {
  const values = x.values as Numbers;
  const [rows = 0, classes = 0] = x.shape;
  const end = (rows - 1) * classes;
  const kept = { ...x, shape: [rows - 1, classes], values: values.part(0, end) };
  return { ...way, id: "labels", pieces: [kept, { ...x, shape: [classes], values: values.part(end, end + classes) }] };
}

/** A log's: every column is what its name says. */
function namedColumns({ header, columns, numbers, rows, at }: Grid): Piece[] {
  return columns.map((_, c) => {
    const values = numbers.picked(columns.length, 0, [c]);
    return { name: header?.[c] ?? null, at, shape: rows > 1 ? [rows] : [], values, said: null, made: null };
  });
}

/** A table with these of its rows and columns as what they are. */
function wayOf(
  grid: Grid,
  { header = false, index = false, labels = -1, left = [] }: Features,
  before: readonly Notice[] = [],
): Omit<PieceWay, "id"> {
  const { columns, numbers, at, said } = grid;
  const skip = header ? 1 : 0;
  const numeric = columns.flatMap(({ words }, c) => (words === null ? [c] : []));
  const kept = numeric.filter((c) => c !== labels && !left.includes(c) && !(index && c === 0));
  const place = (columns: readonly number[]) => columns.map((c) => numeric.indexOf(c));
  const rows = grid.rows - skip;
  const pieces: Piece[] = [];
  if (kept.length > 0) {
    const values =
      kept.length < numeric.length || skip > 0 ? numbers.picked(numeric.length, skip, place(kept)) : numbers;
    // One number for each sample, where it is called a logit, or has a label.
    const [only = -1] = kept;
    const name = kept.length === 1 ? (grid.header?.[only] ?? null) : null;
    const isNamed = labels >= 0 || roleOf(name).role === "logits";
    const isLogit = kept.length === 1 && rows > 1 && isNamed && !columns[only]?.whole;
    const isMatrix = (rows > 1 && kept.length > 1) || isLogit;
    const shape = isMatrix ? [rows, kept.length] : rows * kept.length > 1 ? [rows * kept.length] : [];
    // One cell is a number; a line of them a row, a column one number for each sample.
    const column = shape.length === 1 && rows > 1;
    const header = grid.header ? kept.map((c) => grid.header?.[c] ?? "") : undefined;
    pieces.push({ name, at, shape, values, said, made: null, column, header });
  }
  const label = columns[labels] ?? columns.find(({ words }) => words !== null);
  if (label) {
    const name = grid.header?.[columns.indexOf(label)] ?? null;
    const values = label.words ?? numbers.picked(numeric.length, skip, place([labels]));
    pieces.push({ name, at, shape: [rows], values, said: null, made: null });
  }
  return { pieces, notices: [...before, ...grid.notices] };
}
