// A text that was brought, with the marks of other keyboards as Python's, and the places in it.

import { plain } from "./marks.ts";
import type { Place } from "./types.ts";

/** No more of a text is repeated in a message. */
const QUOTED = 40;

export class Paste {
  readonly text: string;
  readonly #original: string;
  readonly #source: string | null;
  /** What it is a part of, and where it begins there. */
  readonly #whole: Paste | null;
  readonly #from: number;
  #line = 1;
  #start = 0;
  #seen = 0;

  constructor(original: string, source: string | null = null, text?: string, whole: Paste | null = null, from = 0) {
    this.#original = original;
    this.#source = source;
    this.#whole = whole;
    this.#from = from;
    // A byte order mark says nothing; elsewhere the same character is no space.
    this.text = text ?? plain(original.startsWith("\ufeff") ? ` ${original.slice(1)}` : original);
  }

  /** The same, with other characters in their places, as many as before. */
  with(change: (text: string) => string): Paste {
    return new Paste(this.#original, this.#source, change(this.text), this.#whole, this.#from);
  }

  /** A part of it, whose places are those in the whole. */
  part(from: number, to: number): Paste {
    return new Paste(this.#original.slice(from, to), this.#source, this.text.slice(from, to), this, from);
  }

  /** Places are asked for from front to back, mostly. */
  place(at: number): Place {
    if (this.#whole) return this.#whole.place(this.#from + at);
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
    const text = this.#original.slice(from, Math.min(to, from + 2 * QUOTED)).trim();
    return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  }
}
