// How the elements of the chapter ask upward.

import type { BatchAction } from "./actions.ts";

const ACTION = "celoss-batch-action";
const COMPARE = "celoss-batch-compare";

/** What can be done with the other batch of a comparison: begun, exchanged with the first, taken away, brought back; of
 * two files, the second becomes it. */
export type Comparing = "begin" | "swap" | "remove" | "restore" | "split";

export function askToCompare(from: EventTarget, what: Comparing): void {
  from.dispatchEvent(new CustomEvent<Comparing>(COMPARE, { detail: what, bubbles: true, composed: true }));
}

export function listenToCompare(at: EventTarget, heard: (what: Comparing) => void): void {
  at.addEventListener(COMPARE, (event) => {
    event.stopPropagation();
    heard((event as CustomEvent<Comparing>).detail);
  });
}

export function act(from: EventTarget, action: BatchAction): void {
  from.dispatchEvent(new CustomEvent<BatchAction>(ACTION, { detail: action, bubbles: true, composed: true }));
}

/** Hears what elements below send; it goes no further. */
export function listen(at: EventTarget, heard: (action: BatchAction) => void): void {
  at.addEventListener(ACTION, (event) => {
    event.stopPropagation();
    heard((event as CustomEvent<BatchAction>).detail);
  });
}
