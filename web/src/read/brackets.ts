// Nested lists, tuples and what libraries print around them: tensor([[1., 2.]], dtype=torch.float64), array(…), [[1. 2.]].
// Brackets decide where a row ends, wherever the lines break. Nothing is evaluated.

import { constructed, dtypeOf } from "./dtypes.ts";
import { Numbers } from "./numbers.ts";
import type { Paste } from "./paste.ts";
import { FIX, refuse } from "./refusal.ts";
import type { NumberDtype } from "./types.ts";

/** Reading that can pause: it yields how far it is, in characters. */
export type Steps<T> = Generator<number, T, void>;

/** So many characters are read between two pauses. */
export const STRIDE = 1 << 16;

/** One tensor as it stands in the text. */
export interface Piece {
  readonly name: string | null;
  readonly at: number;
  readonly shape: readonly number[];
  readonly values: Numbers | readonly string[];
  /** The dtype that is said there. */
  readonly said: NumberDtype | null;
  /** What a library calls it: "tensor", "array"; null: a list. */
  readonly made: string | null;
  /** Its numbers stand below each other, one in a line. */
  readonly column?: boolean;
  /** The names of its columns. */
  readonly header?: readonly string[] | undefined;
  /** So many lines, all as long: MATLAB's rows, or one row that is broken. */
  readonly lines?: number;
}

/** As many dimensions as PyTorch and NumPy print. */
const MOST_DIMENSIONS = 64;

const CONSTRUCTORS: ReadonlySet<string> = new Set([
  "tensor",
  "Tensor",
  "as_tensor",
  "to_tensor",
  "from_numpy",
  "array",
  "asarray",
  "Array",
  "DeviceArray",
  "Parameter",
  "Variable",
  "constant",
]);
/** np.float64(1.2), float("1.2"): one number. */
const SCALAR = /^(float|int|bool|u?int\d+|b?float\d+|bool_)$/;

/** Arguments that say nothing of the numbers. */
const IDLE: ReadonlySet<string> = new Set([
  "device",
  "grad_fn",
  "requires_grad",
  "names",
  "layout",
  "place",
  "stop_gradient",
  "weak_type",
  "copy",
  "name",
  "trainable",
]);
/** Arguments that are the numbers. */
const CONTENT: ReadonlySet<string> = new Set(["data", "object", "value", "values", "numpy"]);

interface Frame {
  readonly at: number;
  readonly close: string;
  /** A constructor's parentheses, which are no dimension. */
  readonly call: string | null;
  count: number;
  /** Its elements are parted by commas, by spaces, or there is one. */
  parted: "," | " " | null;
  /** Rows that ended in a semicolon, as MATLAB writes them. */
  rows: number;
  rowLength: number;
  /** Behind some commas stands a space; one before three digits alone may part thousands. */
  loose: boolean;
  thousands: number;
  /** Where its lines ended, in numbers, and whether one is as wide as those that NumPy breaks. */
  breaks: number[];
  wide: boolean;
}

const IDENTIFIER = /[A-Za-z_][\w.]*/y;
const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);
const OPERATORS = /[*/%@^+\-<>=!&|~×÷]/;

/** What stands at an offset, if it is this. */
export function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export class Brackets {
  readonly #pasted: Paste;
  readonly #text: string;
  at: number;
  #next: number;

  constructor(pasted: Paste, at = 0) {
    this.#pasted = pasted;
    this.#text = pasted.text;
    this.at = at;
    this.#next = at + STRIDE;
  }

  /** Whether a constructor's call begins there. */
  isCall(at: number): boolean {
    const [name] = match(IDENTIFIER, this.#text, at) ?? [];
    if (name === undefined) return match(TENSORFLOW, this.#text, at) !== null;
    return isConstructor(name) && this.#text[this.#skipFrom(at + name.length)] === "(";
  }

  /** Reads the one tensor that begins here. */
  *read(name: string | null): Steps<Piece> {
    const text = this.#text;
    const begin = this.at;
    let numbers = new Numbers(this.#pasted);
    const strings: string[] = [];
    const frames: Frame[] = [];
    const dims: number[] = [];
    let depth = 0;
    let leaf = -1;
    let said: NumberDtype | null = null;
    let shape: readonly number[] | null = null;
    let made: string | null = null;
    /** A value has just ended, and a separator is due. */
    let ended = false;
    let lastAt = begin;
    let lines = 1;
    const place = (at: number) => this.#pasted.place(at);

    const say = (dtype: NumberDtype, at: number) => {
      if (said !== null && said !== dtype) refuse("dtypes", place(at), { dtypes: `${said}, ${dtype}` });
      said = dtype;
    };
    /** A number or a word stands here: that deep stand all of them. */
    const element = (at: number) => {
      if (leaf < 0) leaf = depth;
      else if (leaf !== depth) refuse("nesting", place(at), { token: this.#token(at), depth, expected: leaf });
      part(at);
    };
    const part = (at: number) => {
      const top = frames.at(-1);
      if (!top || top.call !== null || top.count === 0 || !ended) return;
      if (top.parted === "," && leaf === depth) {
        refuse("mixedSeparators", place(at), { token: this.#token(at) });
      }
      top.parted = " ";
    };
    const open = (close: string, call: string | null) => {
      if (call === null) {
        if (depth >= MOST_DIMENSIONS) refuse("tooDeep", place(this.at), { most: MOST_DIMENSIONS });
        if (leaf >= 0 && depth >= leaf) {
          refuse("nesting", place(this.at), { token: this.#token(this.at), depth, expected: leaf });
        }
        part(this.at);
        depth++;
      }
      frames.push({
        at: this.at,
        close,
        call,
        count: 0,
        parted: null,
        rows: 0,
        rowLength: -1,
        loose: false,
        thousands: -1,
        breaks: [],
        wide: false,
      });
      ended = false;
    };
    const end = () => {
      const top = frames.at(-1);
      if (top) top.count++;
      ended = true;
    };
    const closeRow = (frame: Frame) => {
      if (frame.rowLength < 0) frame.rowLength = frame.count;
      else if (frame.rowLength !== frame.count) {
        const details = { row: frame.rows, got: frame.count, expected: frame.rowLength, dim: 1 };
        refuse("ragged", place(this.at), details);
      }
      frame.rows++;
      frame.count = 0;
    };
    const close = (frame: Frame) => {
      frames.pop();
      if (frame.call === null) {
        if (frame.loose && frame.thousands >= 0) refuse("thousands", place(frame.thousands));
        if (frame.rows > 0 && frame.count > 0) closeRow(frame);
        if (leaf < 0) leaf = depth;
        if (frame.parted === " ") lines = linesIn(frame);
        if (frame.count === 0 && frame.rows === 0 && leaf !== depth) {
          refuse("nesting", place(frame.at), { token: "[]", depth, expected: leaf });
        }
        const length = frame.rows > 0 ? frame.rows : frame.count;
        const expected = dims[depth - 1];
        if (expected === undefined) dims[depth - 1] = length;
        else if (expected !== length) {
          const row = frames.findLast(({ call }) => call === null)?.count ?? 0;
          refuse("ragged", place(frame.at), { row, got: length, expected, dim: depth - 1 });
        }
        if (frame.rows > 0) {
          if (depth > 1) refuse("unexpected", place(this.at), { token: ";" });
          dims[1] = frame.rowLength;
          leaf = 2;
        }
        depth--;
      } else if (frame.count === 0) refuse("nothing", place(frame.at));
      this.at++;
      end();
    };

    do {
      if (this.at >= this.#next) {
        this.#next = this.at + STRIDE;
        yield this.at;
      }
      const before = this.at;
      this.at = this.#skipFrom(before);
      const spaced = this.at > before;
      const top = frames.at(-1);
      if (spaced && ended && depth === 1 && leaf === 1 && top?.call === null) this.#breakLine(top, before);
      const char = text[this.at] ?? "";
      if (char === "") {
        const open = top ?? { at: begin };
        refuse("unclosed", place(open.at), { bracket: text[open.at] ?? "" }, FIX.list);
      }
      if (char === "…" || text.startsWith("...", this.at)) this.#refuseCut(this.at, made);
      if (top && char === top.close) {
        close(top);
        continue;
      }
      if (top && (char === "]" || char === ")")) {
        refuse("closer", place(this.at), { got: char, expected: top.close });
      }
      if (ended && top) {
        if (char === ",") {
          if (top.call !== null) {
            this.at++;
            this.#argument(top, say, (sizes) => {
              shape = sizes;
            });
            continue;
          }
          if (top.parted === " " && leaf === depth) {
            refuse("mixedSeparators", place(this.at), { token: this.#token(this.at) });
          }
          top.parted = ",";
          ended = false;
          if (isSpace(text.charCodeAt(this.at + 1))) top.loose = true;
          else if (top.thousands < 0 && leaf === depth && match(THOUSANDS, text, this.at)) top.thousands = this.at;
          this.at++;
          if (/[,;]/.test(text[this.#skipFrom(this.at)] ?? "")) refuse("emptyCell", place(this.#skipFrom(this.at)));
          continue;
        }
        if (char === ";" && top.call === null && leaf === depth) {
          closeRow(top);
          top.parted = null;
          ended = false;
          this.at++;
          continue;
        }
        // A power of ten is written into every number, which rounds nothing.
        const scale = top.call === null || numbers.count !== 1 ? null : match(SCALE, text, lastAt);
        if (char === "*" && scale) {
          numbers = new Numbers(this.#pasted);
          numbers.setScale(Number(scale[1] ?? 0));
          this.at = lastAt + scale[0].length;
          top.count = 0;
          leaf = -1;
          ended = false;
          continue;
        }
        if (!spaced || top.call !== null) this.#refuseBehind(this.at);
      }
      if (char === "[" || char === "(") {
        open(char === "[" ? "]" : ")", null);
        this.at++;
        continue;
      }
      if (char === '"' || char === "'") {
        element(this.at);
        strings.push(this.#string());
        end();
        continue;
      }
      const start = this.at;
      const behind = numbers.take(start);
      if (behind > start) {
        element(start);
        lastAt = start;
        this.at = behind;
        end();
        if (!isDelimiter(text.charCodeAt(behind))) this.#refuseToken(start, behind);
        continue;
      }
      const tensorFlow = match(TENSORFLOW, text, start);
      if (tensorFlow) {
        made ??= "Tensor";
        say(this.#dtype(tensorFlow[2] ?? "", start), start);
        open(">", "tf.Tensor");
        this.at += tensorFlow[0].length;
        continue;
      }
      const [word] = match(IDENTIFIER, text, start) ?? [];
      if (word === undefined) {
        if (char === ",") refuse("emptyCell", place(start));
        this.#refuseToken(start, start);
      }
      const after = this.#skipFrom(start + word.length);
      if (top?.call && !ended && text[after] === "=" && text[after + 1] !== "=") {
        if (CONTENT.has(word)) this.at = after + 1;
        else {
          this.#argument(top, say, (sizes) => {
            shape = sizes;
          });
          if (text[this.#skipFrom(this.at)] === ",") this.at = this.#skipFrom(this.at) + 1;
        }
        continue;
      }
      if (text[after] !== "(") this.#refuseToken(start, start);
      if (!isConstructor(word)) {
        refuse("call", place(start), { call: this.#pasted.quote(start, after + 1) }, FIX.list);
      }
      const last = lastOf(word);
      part(start);
      open(")", last);
      const dtype = constructed(last) ?? (SCALAR.test(last) && /[.\d]/.test(word) ? dtypeOf(word) : undefined);
      if (dtype !== undefined) say(dtype, start);
      if (!SCALAR.test(last)) made ??= last;
      this.at = after + 1;
    } while (frames.length > 0);

    if (strings.length > 0 && numbers.count > 0) refuse("mixed", place(begin));
    const read = dims.slice(0, Math.max(leaf, 0));
    const whole: readonly number[] = shape ?? read;
    const count = strings.length + numbers.count;
    if (shape && (count > 0 ? whole.join() !== read.join() : whole.every((size) => size > 0))) {
      refuse("shape", place(begin), { said: whole, got: read }, FIX.list);
    }
    const piece = { name, at: begin, shape: whole, values: strings.length > 0 ? strings : numbers, said, made };
    return lines > 1 ? { ...piece, lines } : piece;
  }

  /** What stands behind a tensor and changes it, or would be lost. */
  refuseBehind(): void {
    const char = this.#text[this.at] ?? "";
    if (/[.[({\w"']/.test(char) || OPERATORS.test(char)) this.#refuseBehind(this.at);
  }

  #skipFrom(at: number): number {
    while (true) {
      while (isSpace(this.#text.charCodeAt(at))) at++;
      if (!this.#text.startsWith("...", at)) return at;
      const prompt = match(CONTINUED, this.#text, this.#text.lastIndexOf("\n", at) + 1);
      if (!prompt || !PROMPTED.test(this.#text.slice(0, at))) return at;
      at += prompt[1] === undefined ? 3 : 4;
    }
  }

  /** Notes where the lines of a row end, if one ends there. */
  #breakLine(frame: Frame, end: number): void {
    const text = this.#text;
    if (!/[\n\r]/.test(text.slice(end, this.at))) return;
    frame.breaks.push(frame.count);
    frame.wide ||= end - text.lastIndexOf("\n", end - 1) > NARROW;
  }

  /** The word at an offset, with what clings to it. */
  #token(at: number): string {
    const [token = ""] = match(/[^\s,;[\](){}]+|[\s\S]?/y, this.#text.slice(at, at + 200), 0) ?? [];
    return this.#pasted.quote(at, at + token.length);
  }

  #refuseToken(start: number, behind: number): never {
    const token = this.#token(start);
    if (token === "None" || token === "null" || token === "NA" || token === "<NA>") {
      refuse("missing", this.#pasted.place(start), { token });
    }
    if (behind > start && /^[-+\d.e]+[jJ]$/.test(token)) refuse("complex", this.#pasted.place(start), { token });
    const next = this.#text[behind] ?? "";
    if (behind > start && OPERATORS.test(next)) this.#refuseBehind(behind);
    if (behind === start && OPERATORS.test(next)) {
      refuse("arithmetic", this.#pasted.place(start), { text: this.#line(start) }, FIX.list);
    }
    refuse("notANumber", this.#pasted.place(start), { token });
  }

  /** From an offset to the end of its line. */
  #line(at: number): string {
    const [line = ""] = match(/[^\n\r]*/y, this.#text.slice(at, at + 200), 0) ?? [];
    return this.#pasted.quote(at, at + line.length);
  }

  #refuseBehind(at: number): never {
    const char = this.#text[at] ?? "";
    const text = this.#line(at);
    if (char === "." || char === "(" || char === "[") refuse("call", this.#pasted.place(at), { call: text }, FIX.list);
    if (OPERATORS.test(char)) refuse("arithmetic", this.#pasted.place(at), { text }, FIX.list);
    refuse("unexpected", this.#pasted.place(at), { token: this.#token(at) });
  }

  #refuseCut(at: number, made: string | null): never {
    const fix = made === "tensor" || made === "Parameter" ? FIX.whole : made === "array" ? FIX.wholeArray : FIX.list;
    refuse("cut", this.#pasted.place(at), {}, fix);
  }

  #string(): string {
    const text = this.#text;
    const quote = text[this.at];
    let end = this.at + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === "\\" ? 2 : 1;
    if (end >= text.length) refuse("unclosed", this.#pasted.place(this.at), { bracket: quote ?? "" });
    const string = text.slice(this.at + 1, end).replace(/\\(.)/g, "$1");
    this.at = end + 1;
    return string;
  }

  #dtype(word: string, at: number): NumberDtype {
    const dtype = dtypeOf(word);
    if (dtype === undefined)
      refuse(/complex/.test(word) ? "complex" : "dtype", this.#pasted.place(at), { token: word });
    return dtype;
  }

  /** An argument behind the numbers, or before them; this.at is at its name. */
  #argument(frame: Frame, say: (dtype: NumberDtype, at: number) => void, size: (shape: number[]) => void): void {
    const start = this.#skipFrom(this.at);
    this.at = start;
    if (this.#text[start] === frame.close) return;
    if (this.#text.startsWith("...", start)) this.#refuseCut(start, frame.call);
    const [word] = match(IDENTIFIER, this.#text, start) ?? [];
    const equals = word === undefined ? start : this.#skipFrom(start + word.length);
    const isNamed = word !== undefined && this.#text[equals] === "=";
    const from = this.#skipFrom(isNamed ? equals + 1 : start);
    const to = this.#skipArgument(from);
    const value = this.#text.slice(from, to).trim();
    this.at = to;
    // NumPy takes a dtype as its second argument, without a name.
    if (word === "dtype" || (!isNamed && dtypeOf(value) !== undefined)) {
      if (value !== "object" && !/^["']?[<>|=]?[US]\d*["']?$/.test(value)) say(this.#dtype(value, from), from);
    } else if (word === "shape" || word === "size") {
      const sizes = /^(?:torch\.Size|TensorShape)?[([\s]*((?:\d+[\s,]*)*)[)\]\s]*$/.exec(value);
      if (!sizes) refuse("argument", this.#pasted.place(start), { argument: this.#pasted.quote(start, to) });
      size((sizes[1]?.match(/\d+/g) ?? []).map(Number));
    } else if (isNamed && word === "quantization_scheme") {
      refuse("quantized", this.#pasted.place(start), {}, FIX.dequantized);
    } else if (isNamed && ((word === "layout" && /sparse/.test(value)) || word === "indices" || word === "nnz")) {
      refuse("sparse", this.#pasted.place(start), {}, FIX.dense);
    } else if (!isNamed || !IDLE.has(word)) {
      refuse("argument", this.#pasted.place(start), { argument: this.#pasted.quote(start, to) }, FIX.list);
    }
  }

  /** Where an argument ends: at the comma or the bracket that is not its own. */
  #skipArgument(from: number): number {
    const text = this.#text;
    let depth = 0;
    let quote = "";
    for (let i = from; i < text.length; ++i) {
      const char = text[i] as string;
      if (quote) {
        if (char === "\\") i++;
        else if (char === quote) quote = "";
      } else if (char === '"' || char === "'") quote = char;
      else if (depth === 0 && (char === "," || char === ")" || char === "]" || char === ">")) return i;
      else if ("([<{".includes(char)) depth++;
      else if (")]>}".includes(char)) depth--;
    }
    return text.length;
  }
}

/** At the start of a line, inside of what a prompt began: Python's, or IPython's. Of a print, "..." is indented. */
const CONTINUED = /\.\.\.(?= )|[ \t]*\.\.\.(:)(?= )/y;
const PROMPTED = /^[ \t]*(?:>>> |In ?\[\d*\]: )/m;

/** Before its rows, as PyTorch printed it until 0.4: tensor(1.00000e-02 *\n [[…. */
const SCALE = /1(?:\.0*)?(?:e([+-]?\d{1,3}))?\s*\*\s*(?=\[)/iy;

/** <tf.Tensor: shape=(2, 3), dtype=float32, numpy=array(…)>; of a tf.Variable a name stands before the shape. */
const TENSORFLOW = /<tf\.\w+[^<>[\]=]*?\bshape=\(([\d, ]*)\),? dtype=(\w+), numpy=\s*/y;

/** ,234 between others. */
const THOUSANDS = /,(?<=(?<![\d.])\d{1,3},)\d{3}(?!\d)/y;

/** NumPy breaks a row where its line is full, of 75 characters. */
const NARROW = 60;

/** How many lines there are in a row, all as long; 1: it is one row. */
function linesIn({ count, breaks, wide }: Frame): number {
  const [length = 0] = breaks;
  const ends = breaks.filter((end) => end < count);
  const isEven = length > 1 && count === length * (ends.length + 1) && ends.every((end, i) => end === length * (i + 1));
  return isEven && !wide ? ends.length + 1 : 1;
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function isConstructor(name: string): boolean {
  const last = lastOf(name);
  return CONSTRUCTORS.has(last) || constructed(last) !== undefined || SCALAR.test(last);
}

/** Behind a number: a space, a separator, a bracket, or the end. */
function isDelimiter(c: number): boolean {
  return Number.isNaN(c) || isSpace(c) || c === 44 || c === 59 || c === 93 || c === 41 || c === 125 || c === 62;
}
