// What the page and the engine say to each other: plain values, each answer with the id of its order. The engine keeps what
// was brought, in a worker where one can start.

import type { Changes, Diagnosis, HalfPrecision, Lesson, Means, Samples } from "../../lab/diagnosis/types.ts";
import type { Batch, Corrections } from "../../read/batch.ts";
import type { Notice, Place, Refusal, Reported, Rounded } from "../../read/types.ts";

/** What somebody brings: a text, typed or pasted, or files. */
export type Material = { readonly text: string } | { readonly files: readonly File[] };

/** A tensor without its numbers. */
export interface TensorSummary {
  readonly name: string | null;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** The dtype is said there. */
  readonly stated: boolean;
  readonly decimals: number | null;
  readonly place: Place;
  /** Its first numbers, a row of the last axis each, as text. */
  readonly preview: readonly string[];
}

export interface UnderstoodSummary {
  readonly tensors: readonly TensorSummary[];
  readonly reported: Reported;
  /** The text of an error, cut out of what surrounds it. */
  readonly error: string | null;
  readonly notices: readonly Notice[];
}

export type ReadingSummary =
  | { readonly kind: "understood"; readonly understood: UnderstoodSummary }
  | {
      readonly kind: "question";
      readonly question: Notice;
      readonly ways: readonly { readonly id: string; readonly understood: UnderstoodSummary }[];
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** What the reader says beside what was brought. */
export interface Said {
  /** The answer to a question of reading. */
  readonly way: string | null;
  /** In place of what would be assumed. */
  readonly corrections: Corrections;
  /** What was reported, if no text says so. */
  readonly loss: Rounded | null;
  /** A fraction from 0 to 1. */
  readonly accuracy: Rounded | null;
  readonly classes: number | null;
  /** One number for each class, where no tensor has them. */
  readonly weight: readonly number[] | null;
}

/** What is judged, without its numbers. */
export interface BatchSummary
  extends Pick<
    Batch,
    | "ignoreIndex"
    | "labelSmoothing"
    | "reduction"
    | "loss"
    | "accuracy"
    | "classes"
    | "words"
    | "assumptions"
    | "unused"
  > {}

/** Which tensor is what can be understood in more than one way. */
export interface BatchWay {
  /** These choose it. */
  readonly corrections: Corrections;
  readonly batch: BatchSummary;
}

export interface Judgement {
  readonly batch: BatchSummary;
  readonly diagnosis: Diagnosis;
  /** How many samples there are to look at. */
  readonly samples: number;
}

/** What is known of each sample; of the state it is no part. */
export type SampleFigures = Omit<Samples, "lesson" | "halfPrecision">;

/** What of a batch is compared with another. */
export interface Side {
  readonly loss: Diagnosis["loss"];
  readonly samples: Pick<Samples, "losses" | "labels" | "order" | "counted"> | null;
}

/** Two batches: the same one before and after a fix, or two parts of one step. */
export interface Comparison {
  /** null: they have not as many samples. */
  readonly changes: Changes | null;
  /** How many samples have another label. */
  readonly otherLabels: number;
  /** null: they are not two means. */
  readonly means: Means | null;
}

/** A file that is a batch by itself. */
export interface Part {
  readonly name: string;
  readonly loss: number;
  readonly plusMinus: number;
  readonly divisor: number;
}

/** Several files, each of which is a batch, as the parts of one step. */
export interface Parts {
  readonly parts: readonly Part[];
  readonly means: Means;
}

export type Order =
  | { readonly type: "read"; readonly id: number; readonly material: Material }
  /** Of what was read last, or of nothing but numbers that were said. */
  | { readonly type: "judge"; readonly id: number; readonly said: Said }
  /** Of these samples of the batch what the lesson can show. */
  | { readonly type: "lesson"; readonly id: number; readonly samples: readonly number[] }
  | { readonly type: "compare"; readonly id: number; readonly before: Side; readonly after: Side };

export type Report =
  /** How far it is, from 0 to 1. */
  | { readonly type: "progress"; readonly id: number; readonly done: number }
  | { readonly type: "read"; readonly id: number; readonly reading: ReadingSummary }
  | {
      readonly type: "judged";
      readonly id: number;
      /** null: nothing is known that could be judged. */
      readonly judgement: Judgement | null;
      readonly figures: SampleFigures | null;
      readonly parts: Parts | null;
    }
  /** What half precision would make of the loss that was told last. */
  | { readonly type: "halves"; readonly id: number; readonly halves: readonly HalfPrecision[] }
  /** It cannot be judged before somebody says which tensor is what. */
  | {
      readonly type: "asked";
      readonly id: number;
      readonly ways: readonly BatchWay[];
      readonly parts: Parts | null;
    }
  | { readonly type: "lesson"; readonly id: number; readonly lesson: Lesson }
  | { readonly type: "compared"; readonly id: number; readonly comparison: Comparison }
  /** Something of ours has broken. */
  | { readonly type: "failed"; readonly id: number; readonly message: string };
