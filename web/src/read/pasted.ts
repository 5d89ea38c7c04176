// A text that was brought, with the marks of other keyboards as Python's, and the places in it.

import type { Place } from "./types.ts";

/** Characters that are written for one of Python's, each for one. */
const MARKS: Readonly<Record<string, string>> = {
  "\u2010": "-",
  "\u2011": "-",
  "\u2013": "-",
  "\u2212": "-",
  "\ufe63": "-",
  "【": "[",
  "】": "]",
  "〔": "[",
  "〕": "]",
  "、": ",",
  "\u201c": '"',
  "\u201d": '"',
  "\u2018": "'",
  "\u2019": "'",
  "\u0085": "\n",
  "\u2028": "\n",
  "\u2029": "\n",
};
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const FOREIGN = /[\u0085\u00a0\u1680\u2000-\u200a\u2010-\u2029\u202f\u205f\u2212\u3000-\u3015\ufe63\uff01-\uff5e]/g;

/** The full-width characters of Chinese input, other dashes and spaces as ASCII's: as many characters as before. */
export function plain(text: string): string {
  return text.replace(FOREIGN, (mark) => {
    if (mark >= "\uff01" && mark <= "\uff5e") return String.fromCharCode(mark.charCodeAt(0) - 0xfee0);
    return MARKS[mark] ?? (SPACE.test(mark) ? " " : mark);
  });
}

/** No more of a text is repeated in a message. */
const QUOTED = 40;

export class Pasted {
  readonly text: string;
  readonly #original: string;
  readonly #source: string | null;
  #line = 1;
  #start = 0;
  #seen = 0;

  constructor(original: string, source: string | null = null, text?: string) {
    this.#original = original;
    this.#source = source;
    // A byte order mark says nothing; elsewhere the same character is no space.
    this.text = text ?? plain(original.startsWith("\ufeff") ? ` ${original.slice(1)}` : original);
  }

  /** The same, with other characters in their places, as many as before. */
  with(change: (text: string) => string): Pasted {
    return new Pasted(this.#original, this.#source, change(this.text));
  }

  /** Places are asked for from front to back, mostly. */
  place(at: number): Place {
    if (at < this.#seen) [this.#line, this.#start, this.#seen] = [1, 0, 0];
    for (let i = this.#seen; i < at; ++i) {
      const c = this.text.charCodeAt(i);
      if (c === 10 || (c === 13 && this.text.charCodeAt(i + 1) !== 10)) {
        this.#line++;
        this.#start = i + 1;
      }
    }
    this.#seen = at;
    return { source: this.#source, line: this.#line, column: at - this.#start + 1 };
  }

  /** What stands there, as it was written. */
  quote(from: number, to: number): string {
    const text = this.#original.slice(from, Math.min(to, from + QUOTED + 1)).trim();
    return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  }
}
