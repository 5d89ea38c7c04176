// A text with brackets from its first line to its last: what stands in it, what it is called, and what is around it.

import { Brackets, match, type Piece, type Steps } from "./brackets.ts";
import { stacked } from "./gather.ts";
import type { Paste } from "./paste.ts";
import { FIX, Refused, refuse } from "./refusal.ts";
import { roleOf } from "./roles.ts";
import type { Notice } from "./types.ts";

export interface Statements {
  readonly pieces: readonly Piece[];
  readonly notices: readonly Notice[];
  /** The words around them. */
  readonly words: string;
}

/** Containers in containers, no deeper. */
const DEEPEST = 32;

const LINE = /[^\n\r]*/y;
const PROMPT = /(?:>>> ?|(?:In|Out) ?\[\d*\]: ?|```[A-Za-z]*[ \t]*)/y;
/** A prompt that waits for more of a statement, behind the prompt of that statement. */
const CONTINUED = /(?:\.\.\. |[ \t]*\.\.\.: )/y;
const ASSIGNED =
  /((?:[A-Za-z_][\w.]{0,80}[ \t]*,[ \t]*){0,8}[A-Za-z_][\w.]{0,80})(?:[ \t]*:[ \t]*[A-Za-z_.]{1,80})?[ \t]*=(?!=)[ \t]*/y;
/** logits:  "logits": */
const LABELLED = /(["']?)([A-Za-z_][\w.()/ \t-]{0,60}?)\1[ \t]*:(?!:)[ \t]*/y;
const CONTAINING = /(?:Parameter|Variable) containing:?/y;
/** What MXNet prints below. */
const NDARRAY = /<NDArray [^>\n]*>/y;
/** Printed beside a tensor: x.shape, x.device. */
const SIZE = /torch\.Size\(\[[\d, ]*\]\)|(?:cuda|cpu|mps|xla)(?::\d+)?(?![\w:=.(])/y;
/** A line of code that says what is printed below it. */
const PRINT = /print\(\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\)[ \t]*;?[ \t]*(?=[\n\r])/y;
const WORD = /[^\s\d[\](){}*/%@^+=<>&|~×÷"'`#,;:.!-][^\s[\](){}*/%@^=<>&|~×÷"`#,;:]*/y;
const OUTPUT = /(?:torch\.return_types\.\w+|\w*Output\w*|dict)\(\s*(?=\w+\s*=|\))/y;
const NOTHING = /(?:None|null)(?!\w)/y;
/** Arithmetic in words: "times 100" behind a tensor, "minus" before it. */
const COMPUTES =
  /^(?:(?:times|multiplied|divided|scaled|squared|cubed|plus|minus)(?![\p{L}_:=])|(?:x|over|mod)\s*[\d.+-]|负的?$)|(?:times|(?:multipli|divid|scal)ed by|plus|minus|[乘除加减][以上去]?)\s*[\d.一二两三四五六七八九十百千万]|[\d十百千万]\s*倍/iu;

class Reader {
  readonly #pasted: Paste;
  readonly #text: string;
  readonly #brackets: Brackets;
  readonly pieces: Piece[] = [];
  readonly notices: Notice[] = [];
  readonly words: string[] = [];
  #names: string[] = [];
  /** So many pieces stand under keys. */
  keyed = 0;

  constructor(pasted: Paste) {
    this.#pasted = pasted;
    this.#text = pasted.text;
    this.#brackets = new Brackets(pasted);
  }

  get #at(): number {
    return this.#brackets.at;
  }

  set #at(at: number) {
    this.#brackets.at = at;
  }

  *read(): Steps<void> {
    const text = this.#text;
    let lineStart = true;
    /** Words of this line that nothing has claimed yet. */
    let prose = -1;
    let prompted = false;
    /** A value stands before them in the line. */
    let behind = false;
    const leave = (to: number) => {
      const words = prose >= 0 && behind ? text.slice(prose, to).trim() : "";
      // Labels, and not such as may be left out.
      const areNamed =
        /\d/.test(words) && /^(logits|target|weight)$/.test(roleOf(words.split(/\s/)[0] ?? null).role ?? "");
      if (areNamed || COMPUTES.test(words)) this.#refuseOutside(prose);
      if (prose >= 0) this.#leave(prose, to);
      prose = -1;
    };
    while (true) {
      this.#skipBlanks();
      const at = this.#at;
      const char = text[at] ?? "";
      if (char === "" || char === "\n" || char === "\r") {
        leave(at);
        if (char === "") return;
        this.#at++;
        lineStart = true;
        behind = false;
        continue;
      }
      if (lineStart) {
        const prompt = match(PROMPT, text, at) ?? (prompted ? match(CONTINUED, text, at) : null);
        if (prompt) {
          prompted ||= /^[>I]/.test(prompt[0]);
          this.#at += prompt[0].length;
          if (prompt[0].startsWith(">") || prompt[0].startsWith("I")) this.#skipStatement();
          continue;
        }
        lineStart = false;
        const print = match(PRINT, text, at);
        if (print) {
          this.#names = [print[1] ?? ""];
          this.#at += print[0].length;
          continue;
        }
      }
      if (char === "#") {
        leave(at);
        const [comment] = match(LINE, text, at) ?? [""];
        if (/\d/.test(comment)) this.#leave(at, at + comment.length);
        this.#at += comment.length;
        continue;
      }
      if (char === "," || char === ";") {
        leave(at);
        this.#at++;
        continue;
      }
      const size = match(SIZE, text, at);
      if (size) {
        leave(at);
        this.#leave(at, at + size[0].length);
        this.#at += size[0].length;
        continue;
      }
      if (char === "[" || char === "(" || char === "{" || this.#brackets.isCall(at) || match(OUTPUT, text, at)) {
        if (prose >= 0) this.#claim(prose, at, char);
        prose = -1;
        yield* this.#value(this.#names.shift() ?? null, 0);
        this.#behind();
        behind = true;
        continue;
      }
      const containing = match(CONTAINING, text, at) ?? match(NDARRAY, text, at);
      if (containing) {
        this.#at += containing[0].length;
        continue;
      }
      if (prose < 0) {
        const assigned = match(ASSIGNED, text, at);
        // As below: the name before this one would be.
        if (this.#names.some((name) => /\d/.test(name)) && (assigned || match(LABELLED, text, at))) {
          this.#refuseOutside(at);
        }
        if (assigned) {
          this.#names = (assigned[1] ?? "").split(/\s*,\s*/);
          this.#at += assigned[0].length;
          yield* this.#assigned();
          continue;
        }
        const labelled = match(LABELLED, text, at);
        if (labelled) {
          // A number in the name of nothing would be lost.
          if (/\d/.test(labelled[0]) && match(/\s*$/y, text, at + labelled[0].length)) this.#refuseOutside(at);
          this.#names = [labelled[2] ?? ""];
          this.#at += labelled[0].length;
          if (/[^\n\r]/.test(text[this.#at] ?? "")) yield* this.#assigned();
          continue;
        }
      }
      const word = match(WORD, text, at);
      if (word) {
        if (prose < 0) prose = at;
        this.#at += word[0].length;
        continue;
      }
      if (prose >= 0 && /[\d:.'"()?!]/.test(char)) {
        this.#at++;
        continue;
      }
      this.#refuseOutside(at);
    }
  }

  /** Behind "x =": a number is a tensor without dimensions. */
  *#assigned(): Steps<void> {
    const at = this.#at;
    if (/[\d.+-]|nan|inf/iy.test(this.#text.slice(at, at + 3))) {
      yield* this.#value(this.#names.shift() ?? null, 0);
      this.#behind();
      // x = 100 tensor(…) is not 100.
      if (!/[\n\r"']/.test(this.#text[this.#at] ?? "\n") && this.#begins(this.#at)) this.#refuseOutside(at);
    } else if (!this.#begins(at)) this.#refuseOutside(at);
  }

  #begins(at: number): boolean {
    return (
      /[[({"'\n\r]/.test(this.#text[at] ?? "\n") || this.#brackets.isCall(at) || match(SIZE, this.#text, at) !== null
    );
  }

  /** One value, which may be several tensors. */
  *#value(name: string | null, depth: number): Steps<void> {
    const text = this.#text;
    if (depth > DEEPEST) refuse("tooDeep", this.#pasted.place(this.#at), { most: DEEPEST });
    const begin = this.#at;
    const inside = this.#skipSpace(begin + 1);
    const before = this.pieces.length;
    if (text[begin] === "{") {
      yield* this.#dictionary(name, depth, "}");
      this.keyed += this.pieces.length - before;
    } else if (match(OUTPUT, text, begin)) {
      this.#at = text.indexOf("(", begin);
      yield* this.#dictionary(name, depth, ")");
    } else if (text[begin] === "(" && (/[[{]/.test(text[inside] ?? "") || this.#brackets.isCall(inside))) {
      yield* this.#container(name, depth, ")");
    } else if (text[begin] === "[" && text[inside] === "{") yield* this.#container(name, depth, "]");
    else {
      try {
        this.pieces.push(yield* this.#brackets.read(name));
      } catch (error) {
        if (!(error instanceof Refused && text[begin] === "[" && error.refusal.kind === "nesting")) throw error;
        // A list of tensors of other dimensions: x and its labels.
        this.#at = begin;
        try {
          yield* this.#container(name, depth, "]");
        } catch {
          throw error;
        }
        const dimensions = new Set(this.pieces.slice(before).map(({ shape }) => shape.length));
        if (dimensions.size < 2 || dimensions.has(0)) throw error;
      }
    }
  }

  /** Values between commas: (tensor(…), tensor(…)). */
  *#container(name: string | null, depth: number, close: string): Steps<void> {
    const open = this.#at;
    this.#at++;
    while (true) {
      this.#at = this.#skipSpace(this.#at);
      if (this.#text[this.#at] === close) break;
      const nothing = match(NOTHING, this.#text, this.#at);
      if (nothing) this.#at += nothing[0].length;
      else yield* this.#value(name, depth + 1);
      this.#separator(close, open);
    }
    this.#at++;
  }

  /** {"logits": …, "labels": …}, or SequenceClassifierOutput(loss=…, logits=…): None is nothing. */
  *#dictionary(name: string | null, depth: number, close: string): Steps<void> {
    const open = this.#at;
    this.#at++;
    const keyed = close === "}" ? /(["'])((?:[^"'\\\n]|\\.)*)\1\s*:\s*|(\w+)\s*:\s*/y : /()(\w+)\s*=\s*/y;
    while (true) {
      this.#at = this.#skipSpace(this.#at);
      if (this.#text[this.#at] === close) break;
      const key = match(keyed, this.#text, this.#at);
      if (!key) this.#refuseOutside(this.#at);
      this.#at += key[0].length;
      const own = key[2] ?? key[3] ?? "";
      const full = name === null ? own : `${name}.${own}`;
      const nothing = match(NOTHING, this.#text, this.#at);
      if (nothing) this.#at += nothing[0].length;
      else yield* this.#value(full, depth + 1);
      this.#separator(close, open);
    }
    this.#at++;
  }

  /** Behind a value in a container. */
  #separator(close: string, open: number): void {
    this.#at = this.#skipSpace(this.#at);
    const char = this.#text[this.#at];
    if (char === ",") this.#at++;
    else if (char === undefined) {
      refuse("unclosed", this.#pasted.place(open), { bracket: this.#text[open] ?? "" }, FIX.list);
    } else if (char !== close) this.#refuseOutside(this.#at);
  }

  /** Behind a value: the end of its line, a separator, a comment, or, parted by a space, something else. */
  #behind(): void {
    const before = this.#at;
    this.#skipBlanks();
    // The end of a sentence.
    this.#at += match(/[.?!\u3002](?=\s|$)/y, this.#text, this.#at)?.[0].length ?? 0;
    this.#skipBlanks();
    const char = this.#text[this.#at] ?? "\n";
    if (/[\n\r,;#`]/.test(char)) return;
    const isOneOfTwo = match(/if\b.*\belse\b/y, this.#text, this.#at) !== null;
    const begins = !isOneOfTwo && (this.#begins(this.#at) || /\p{L}/u.test(char));
    if (this.#at === before || !begins) {
      this.#brackets.refuseBehind();
      this.#refuseOutside(this.#at);
    }
  }

  /** The code behind a prompt: what it prints stands below, so only what is a value in itself is read. */
  #skipStatement(): void {
    const [line] = match(LINE, this.#text, this.#at) ?? [""];
    const printed = /^(?:print\(\s*)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*\)?\s*$/.exec(line);
    if (printed) {
      this.#names = [printed[1] ?? ""];
      this.#at += line.length;
      return;
    }
    const assigned = match(ASSIGNED, this.#text, this.#at);
    const value = this.#at + (assigned?.[0].length ?? 0);
    if (assigned ? this.#begins(value) : this.#begins(value) && !/^\(/.test(line)) return;
    this.#leave(this.#at, this.#at + line.length);
    this.#at += line.length;
  }

  /** Words before a value on its line are its name if they can be one. */
  #claim(from: number, to: number, opens: string): void {
    const before = this.#text.slice(from, to);
    const text = before.trim();
    if (COMPUTES.test(text)) this.#refuseOutside(from);
    // softmax([[1., 2.]]), x[[0, 1]]: not what stands in the brackets.
    if ((opens === "(" || before === text) && /\w$/.test(text)) {
      const call = this.#pasted.quote(from, to + 20);
      refuse("call", this.#pasted.place(from), { call }, FIX.list);
    }
    if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:?$/.test(text)) this.#names = [text.replace(/:$/, "")];
    else {
      if (/\d/.test(text) && !/[:=]$/.test(text)) this.#refuseOutside(from);
      this.#leave(from, to);
    }
  }

  #leave(from: number, to: number): void {
    const words = this.#pasted.quote(from, to);
    this.words.push(this.#text.slice(from, to));
    if (words !== "") this.notices.push({ kind: "leftOut", place: this.#pasted.place(from), details: { text: words } });
  }

  #skipBlanks(): void {
    while (/[ \t\v\f]/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #skipSpace(at: number): number {
    while (/\s/.test(this.#text[at] ?? "")) at++;
    return at;
  }

  #refuseOutside(at: number): never {
    const place = this.#pasted.place(at);
    const [line = ""] = match(LINE, this.#text, at) ?? [];
    const text = this.#pasted.quote(at, at + line.length);
    if (/^(\.\.\.|…)/.test(line)) refuse("cut", place, {}, FIX.list);
    if (/^([*/%@^+\-=!&|~×÷]|[<>](?![a-z]))/i.test(line) || COMPUTES.test(line))
      refuse("arithmetic", place, { text }, FIX.list);
    if (/^[A-Za-z_][\w.]*\(/.test(line)) refuse("call", place, { call: text }, FIX.list);
    if (/^[\])}]/.test(line)) refuse("closer", place, { got: line[0] ?? "", expected: "" });
    refuse("outside", place, { text });
  }
}

export function* readStatements(pasted: Paste): Steps<Statements> {
  const reader = new Reader(pasted);
  yield* reader.read();
  const words = reader.words.join("\n");
  const { pieces, notices, keyed } = reader;
  const records = keyed === pieces.length ? stacked(pieces) : null;
  if (records === null) return { pieces, notices, words };
  const count = pieces.length / records.length;
  const place = pasted.place((pieces[0] as Piece).at);
  return { pieces: records, notices: [...notices, { kind: "stacked", place, details: { count } }], words };
}
