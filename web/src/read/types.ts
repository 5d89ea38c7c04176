// What reading gives, whoever brought it: tensors as they were written, a question where there are two ways to read
// them, or a refusal that names its place.

export type NumberDtype =
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "bool";

/** Row-major. float16 and bfloat16 are bits (Uint16Array), bool is Uint8Array, int64 and uint64 are bigint arrays. */
export type Values =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** Where something stands in what was brought; line and column count from 1. */
export interface Place {
  /** The file's name, with the name of the array in it; null: what was typed or pasted. */
  readonly source: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

interface Brought {
  /** What it is called there: "logits", "y", the key in an archive; null: nothing. */
  readonly name: string | null;
  readonly shape: readonly number[];
  readonly place: Place;
}

export interface NumberTensor extends Brought {
  readonly dtype: NumberDtype;
  /**
   * The dtype is said there, or is that of True and False; else it is what such a print or list means: int64 without a point, float64 in NumPy's
   * array(…), else float32.
   */
  readonly stated: boolean;
  readonly data: Values;
  /**
   * Every number is rounded to within half of 10^-decimals; of 1.0000e-01 beside 3.0000e+02 it is 2. null: not rounded,
   * as in a file of bits, or whole numbers.
   */
  readonly decimals: number | null;
  /** Its numbers stood below each other, one in a line: (N) there may be (N, 1). */
  readonly column?: boolean;
  /** The names of its columns, where they stand above it. */
  readonly header?: readonly string[] | undefined;
}

/** Labels that are words. */
export interface WordTensor extends Brought {
  readonly dtype: "str";
  readonly data: readonly string[];
}

export type ReadTensor = NumberTensor | WordTensor;

/** What was understood, whatever it was. */
export interface Understood {
  readonly tensors: readonly ReadTensor[];
  /** Numbers with a name: "my loss is stuck at 1.4612, C = 10, accuracy 99 %". */
  readonly reported: Reported;
  /** The text of an error, read out of whatever surrounds it. */
  readonly error: ErrorText | null;
  /** What a reader would want to know of how it was read: "1e39 is inf in float32", "the header row is left out". */
  readonly notices: readonly Notice[];
}

export interface Reported {
  readonly loss: Rounded | null;
  /** A fraction from 0 to 1. */
  readonly accuracy: Rounded | null;
  readonly classes: number | null;
}

/** A number as it was printed: within half of 10^-decimals. */
export interface Rounded {
  readonly value: number;
  readonly decimals: number;
}

/** An error of PyTorch, Keras or TensorFlow: which one (read/error-text.ts lists them), and the numbers in it. */
export interface ErrorText {
  readonly id: string;
  readonly text: string;
  readonly numbers: Readonly<Record<string, number | string | readonly number[]>>;
}

/** A kind of remark or refusal with what it speaks of; i18n/read/ has the words. */
export interface Notice {
  readonly kind: string;
  readonly place: Place;
  readonly details: Readonly<Record<string, string | number | readonly number[]>>;
}

/** As a notice; fix is the line to type instead, in code, where one would help. */
export interface Refusal extends Notice {
  readonly fix: string | null;
}

export type Reading =
  | { readonly kind: "understood"; readonly understood: Understood }
  /** It can be read in two ways or more: all are shown, and asked about. */
  | { readonly kind: "question"; readonly question: Notice; readonly ways: readonly Way[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export interface Way {
  readonly id: string;
  readonly understood: Understood;
}

/** Reading that takes long says how far it is, from 0 to 1, and can be given up. */
export interface ReadOptions {
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

export interface TextOptions extends ReadOptions {
  /** The name of the file that the text is from. */
  readonly source?: string | null;
  /** What numbers with a point are where nothing says it; float32 without it. */
  readonly float?: "float32" | "float64";
}
