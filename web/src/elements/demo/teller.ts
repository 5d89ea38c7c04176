// Tells the page around a demo what is shown now, by "celoss-change".

import type { State } from "../../state/lesson/state.ts";
import type { StepId } from "../../state/steps.ts";
import { writeHash, writeQuery } from "../../state/url.ts";

/** Something else is shown now: the detail of "celoss-change". */
export interface DemoChange {
  /** As the query and the hash of an address spell it. */
  readonly query: string;
  readonly hash: string;
  /** An edit that was committed, or a step that was gone to: worth an entry in a history. A drag is one, however long. */
  readonly entry: boolean;
}

export class Teller {
  readonly #demo: EventTarget;
  #told: { readonly query: string; readonly hash: string; readonly state: State } | null = null;

  /** What is shown now was opened from outside, and is no edit of the reader's. */
  isOpened = false;

  constructor(demo: EventTarget) {
    this.#demo = demo;
  }

  /** `plain` is what is shown where a hash says nothing, null if it says everything; `isJump`: the reader has gone to the
   * step. What is shown first, and what was told already, is not told. */
  tell(state: State, plain: State | null, step: StepId | null, isJump: boolean): void {
    const now = { query: writeQuery(state), hash: writeHash(state, plain, step), state };
    const before = this.#told;
    const isOpened = this.isOpened;
    this.isOpened = false;
    if (now.query === before?.query && now.hash === before.hash) return;
    this.#told = now;
    if (before === null) return;
    const entry = isJump || (!isOpened && isEdit(before.state, state));
    const detail: DemoChange = { query: now.query, hash: now.hash, entry };
    this.#demo.dispatchEvent(new CustomEvent("celoss-change", { detail }));
  }
}

/** Whether a reader has changed something and means it. A drag is one edit from end to end, the handle none. */
function isEdit(before: State, now: State): boolean {
  const goesOn = now.gesture !== null && now.gesture === before.gesture;
  return (
    (now.example !== before.example && !goesOn) ||
    now.question.softmaxInFront !== before.question.softmaxInFront ||
    now.shifted !== before.shifted
  );
}
