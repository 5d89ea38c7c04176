// Everything the chapter shows follows from one plain JSON value. The batch is not in it: it stays with the engine.

import type { HalfPrecision } from "../../lab/diagnosis/types.ts";
import type { BatchWay, Judgement, Parts, ReadingSummary, Said } from "./messages.ts";

/** What somebody has brought: files, or a text of so many characters. */
export interface Brought {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly characters: number;
}

/** What the engine is doing. */
export type Phase = "idle" | "reading" | "judging";

export interface BatchState {
  /** What stands in the box. */
  readonly text: string;
  readonly brought: Brought | null;
  readonly phase: Phase;
  /** Of the order that the engine was given last: answers to others come too late. */
  readonly id: number;
  /** How far reading or judging is, from 0 to 1. */
  readonly done: number;
  /** The reader has given it up. */
  readonly stopped: boolean;
  readonly reading: ReadingSummary | null;
  /** Which tensor is what has to be said first: the ways to understand it. */
  readonly ways: readonly BatchWay[];
  /** Files that are batches by themselves; null: there is one batch. */
  readonly parts: Parts | null;
  readonly said: Said;
  readonly past: readonly Said[];
  readonly future: readonly Said[];
  /** null: not yet, or there is nothing to judge. */
  readonly judgement: Judgement | null;
  /** The loss in half precision; empty: not yet, or there is none. */
  readonly halves: readonly HalfPrecision[];
  /** Something of ours has broken, in its own words. */
  readonly failure: string | null;
}

/** Nothing is said beside what was brought. */
export const NOTHING_SAID: Said = {
  way: null,
  corrections: {},
  loss: null,
  accuracy: null,
  classes: null,
  weight: null,
};

export const EMPTY: BatchState = {
  text: "",
  brought: null,
  phase: "idle",
  id: 0,
  done: 0,
  stopped: false,
  reading: null,
  ways: [],
  parts: null,
  said: NOTHING_SAID,
  past: [],
  future: [],
  judgement: null,
  halves: [],
  failure: null,
};

/** What the lesson has room for. */
export const LESSON_SAMPLES = 8;
export const LESSON_COLUMNS = 10;

/** More than this is not shown in the box: a text area of that length is slow, and nobody edits it there. In characters. */
export const LONGEST_IN_BOX = 50_000;
