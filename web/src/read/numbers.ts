// The numbers of a tensor as they are read one after the other: into one typed array, with what their texts say of them.

import { held, isFloating, largest, limitsOf } from "./dtypes.ts";
import type { Paste } from "./paste.ts";
import { FIX, refuse } from "./refusal.ts";
import type { Notice, NumberDtype, Place, Values } from "./types.ts";

/** No text has more; files of bits may. */
export const MOST_NUMBERS = 2_000_000;

const TENS = Array.from({ length: 23 }, (_, power) => 10 ** power);
/** inf and nan as Python, NumPy, PyTorch and JSON spell them, and true and false. */
const WORD =
  /(?:(?:np|numpy|math|torch|jnp|tf)\.)?(?:(nan)|(inf(?:inity|ty)?)|(true_?)|(false_?))(?![\w.(])|float\(\s*["'][+-]?(?:(nan)|(inf(?:inity)?))["']\s*\)/iy;

export class Numbers {
  readonly #pasted: Paste;
  #values = new Float64Array(16);
  count = 0;
  /** Some have a point, an exponent, or are inf or nan. */
  fractional = false;
  /** So many are True or False. */
  truths = 0;
  /** Whole numbers that a double cannot hold, by their index. */
  readonly #exact = new Map<number, bigint>();
  /** The largest, in size, and where it stands; inf itself is not meant. */
  #largest = 0;
  #largestAt: readonly [from: number, to: number] = [0, 0];
  /** Digits behind the point, where there is no exponent; behind the point of a mantissa, with its largest exponent. */
  #fixed = 0;
  #mantissa = -1;
  #exponent = Number.NEGATIVE_INFINITY;
  #decimals: number | null = null;
  #scale = 0;
  #probe: Numbers | null = null;

  constructor(pasted: Paste) {
    this.#pasted = pasted;
  }

  /** A power of ten that multiplies what follows; older prints have it before their rows. */
  setScale(power: number): void {
    this.#foldDecimals();
    this.#scale = power;
    if (power !== 0) this.fractional = true;
  }

  /**
   * Reads the number that begins there, and keeps it. What comes back is where it ends, or where it was to begin if there is
   * none. What may stand behind a number is for others to say.
   */
  take(at: number): number {
    const { text } = this.#pasted;
    let i = at;
    let c = text.charCodeAt(i);
    const negative = c === 45;
    if (negative || c === 43) c = text.charCodeAt(++i);
    const start = i;
    let mantissa = 0;
    while (c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + (c - 48);
      c = text.charCodeAt(++i);
    }
    let digits = i - start;
    // Of 1,000.5 between commas the second half; Python refuses 007.
    if (digits > 1 && text.charCodeAt(start) === 48) {
      refuse("leadingZero", this.#pasted.place(at), { token: this.#pasted.quote(at, i) });
    }
    let point = -1;
    if (c === 46) {
      point = i;
      c = text.charCodeAt(++i);
      while (c >= 48 && c <= 57) {
        mantissa = mantissa * 10 + (c - 48);
        c = text.charCodeAt(++i);
      }
      digits = i - start - 1;
    }
    if (digits === 0) return this.#takeWord(at, start, negative);
    const fraction = point < 0 ? 0 : i - point - 1;
    const mantissaEnd = i;
    let exponent = 0;
    let scientific = false;
    // e, E; Fortran's d, D.
    if ((c | 32) === 101 || (c | 32) === 100) {
      let j = i + 1;
      const sign = text.charCodeAt(j);
      if (sign === 43 || sign === 45) j++;
      const first = j;
      for (c = text.charCodeAt(j); c >= 48 && c <= 57; c = text.charCodeAt(++j)) {
        if (exponent < 99999) exponent = exponent * 10 + (c - 48);
      }
      if (j > first) {
        scientific = true;
        if (sign === 45) exponent = -exponent;
        i = j;
      } else exponent = 0;
    }
    const power = exponent + this.#scale - fraction;
    let value: number;
    // Both are exact, and one operation on them is rounded as it should be.
    if (digits <= 15 && power >= -22 && power <= 22) {
      value = power < 0 ? mantissa / (TENS[-power] as number) : mantissa * (TENS[power] as number);
    } else {
      value = Number(`${text.slice(start, mantissaEnd)}e${exponent + this.#scale}`);
    }
    if (scientific) {
      this.fractional = true;
      // 1e-5 was rounded by nobody; 1.0000e-05 may have been.
      if (point >= 0) {
        if (fraction > this.#mantissa) this.#mantissa = fraction;
        if (exponent > this.#exponent && mantissa !== 0) this.#exponent = exponent;
      }
    } else if (point >= 0) {
      this.fractional = true;
      if (fraction > this.#fixed) this.#fixed = fraction;
    } else if (value > Number.MAX_SAFE_INTEGER) {
      // No integer dtype has more digits.
      const whole = BigInt(text.slice(start, Math.min(mantissaEnd, start + 40)));
      this.#exact.set(this.count, negative ? -whole : whole);
    }
    if (value > this.#largest) {
      this.#largest = value;
      this.#largestAt = [at, i];
    }
    this.#push(negative ? -value : value, at);
    return i;
  }

  #takeWord(at: number, start: number, negative: boolean): number {
    WORD.lastIndex = start;
    const found = WORD.exec(this.#pasted.text);
    if (found === null) return at;
    const [text, nan, inf, yes, no, floatNan, floatInf] = found;
    if (yes ?? no) {
      if (start > at) return at;
      this.truths++;
      this.#push(yes ? 1 : 0, at);
    } else {
      this.fractional = true;
      const below = negative !== text.includes("-");
      this.#push((nan ?? floatNan) ? Number.NaN : (inf ?? floatInf) ? (below ? -Infinity : Infinity) : 0, at);
    }
    return start + text.length;
  }

  #push(value: number, at: number): void {
    if (this.count === this.#values.length) {
      if (this.count >= MOST_NUMBERS) refuse("tooMany", this.#pasted.place(at), { most: MOST_NUMBERS }, FIX.file);
      const longer = new Float64Array(Math.min(this.count * 4, MOST_NUMBERS));
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.count++] = value;
  }

  #foldDecimals(): void {
    // Zero has no exponent.
    const exponent = Number.isFinite(this.#exponent) ? this.#exponent : 0;
    const scientific = this.#mantissa < 0 ? null : this.#mantissa - exponent;
    const fixed = this.#fixed > 0 ? this.#fixed : null;
    const here = fixed === null ? scientific : scientific === null ? fixed : Math.min(fixed, scientific);
    if (here !== null) {
      const scaled = here - this.#scale;
      this.#decimals = this.#decimals === null ? scaled : Math.min(this.#decimals, scaled);
    }
    [this.#fixed, this.#mantissa, this.#exponent] = [0, -1, Number.NEGATIVE_INFINITY];
  }

  /** Where the number ends that begins there; where it was to begin, if there is none. It is not kept. */
  endOf(at: number): number {
    this.#probe ??= new Numbers(this.#pasted);
    this.#probe.count = 0;
    return this.#probe.take(at);
  }

  /** The number that was kept last. */
  get last(): number {
    return this.#values[this.count - 1] ?? Number.NaN;
  }

  /** One row of a table with so many columns. */
  row(row: number, columns: number): number[] {
    return [...this.#values.subarray(row * columns, (row + 1) * columns)];
  }

  /** Whether the first so many are 0, 1, 2 …. */
  countsUp(length: number): boolean {
    return this.#values.subarray(0, length).every((value, i) => Object.is(value, i));
  }

  /** Those of some columns of a table with so many, without its first rows. */
  picked(columns: number, skipped: number, kept: readonly number[]): Numbers {
    const rows = this.count / columns - skipped;
    const picked = new Numbers(this.#pasted);
    picked.#values = new Float64Array(rows * kept.length);
    for (let row = 0; row < rows; ++row) {
      for (const column of kept) {
        const from = (row + skipped) * columns + column;
        const value = this.#values[from] as number;
        const exact = this.#exact.get(from);
        if (exact !== undefined) picked.#exact.set(picked.count, exact);
        if (!Number.isInteger(value)) picked.fractional = true;
        picked.#values[picked.count++] = value;
      }
    }
    // The texts of the others are not told apart any more; whole numbers are as they are anyhow.
    picked.fractional ||= this.fractional && kept.length > 1;
    if (picked.fractional)
      [picked.#decimals, picked.#largest, picked.#largestAt] = [this.decimals, this.#largest, this.#largestAt];
    return picked;
  }

  /** Those from one place to another. */
  part(from: number, to: number): Numbers {
    const part = new Numbers(this.#pasted);
    part.#values = this.#values.slice(from, to);
    part.count = to - from;
    for (const [i, value] of this.#exact) if (i >= from && i < to) part.#exact.set(i - from, value);
    part.fractional = part.#values.some((value) => !Number.isInteger(value));
    if (part.fractional)
      [part.#decimals, part.#largest, part.#largestAt] = [this.decimals, this.#largest, this.#largestAt];
    return part;
  }

  /** Several one behind the other, as one; or beside each other, in so many rows. */
  static joined(parts: readonly Numbers[], rows = 1): Numbers {
    const [first] = parts;
    if (first === undefined) throw new RangeError("nothing to join");
    const all = new Numbers(first.#pasted);
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    all.#values = new Float64Array(count);
    for (const part of parts) {
      const width = part.count / rows;
      for (let row = 0; row < rows; ++row) {
        const from = (row * count) / rows + all.count / rows;
        all.#values.set(part.#values.subarray(row * width, (row + 1) * width), from);
      }
      for (const [i, value] of part.#exact) {
        all.#exact.set((Math.floor(i / width) * count + all.count) / rows + (i % width), value);
      }
      if (part.#largest > all.#largest) [all.#largest, all.#largestAt] = [part.#largest, part.#largestAt];
      const { decimals } = part;
      if (decimals !== null) all.#decimals = Math.min(all.#decimals ?? decimals, decimals);
      all.fractional ||= part.fractional;
      all.truths += part.truths;
      all.count += part.count;
    }
    return all;
  }

  /** Every number is rounded to within half of 10^-decimals; null: whole numbers. */
  get decimals(): number | null {
    this.#foldDecimals();
    return this.#decimals;
  }

  /** The dtype that they mean where nothing says it: of `float`s, that of the library that prints them. */
  meant(float: NumberDtype = "float32"): NumberDtype {
    return this.fractional || this.count === 0 ? float : this.truths > 0 ? "bool" : "int64";
  }

  /** All of them, or those of `keep`, in a dtype, and what that makes of them. */
  held(dtype: NumberDtype, place: Place): { readonly data: Values; readonly notices: readonly Notice[] } {
    if (this.truths > 0 && this.truths < this.count) refuse("mixed", place);
    const numbers = this.#values.subarray(0, this.count);
    const token = this.#pasted.quote(...this.#largestAt);
    const at = this.#largest > 0 ? this.#pasted.place(this.#largestAt[0]) : place;
    if (!isFloating(dtype)) {
      if (this.fractional) refuse("notWhole", place, { dtype });
      const [least, most] = limitsOf(dtype);
      for (let i = 0; i < numbers.length; ++i) {
        const value = this.#exact.get(i) ?? (numbers[i] as number);
        if (value < least || value > most) refuse("integerOverflow", at, { token, dtype, value: String(value) });
      }
      return { data: held(numbers, dtype, this.#exact), notices: [] };
    }
    const isInf = this.#largest >= largest(dtype);
    return {
      data: held(numbers, dtype, this.#exact),
      notices: isInf ? [{ kind: "inf", place: at, details: { token, dtype } }] : [],
    };
  }
}
