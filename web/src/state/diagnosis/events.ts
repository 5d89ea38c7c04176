// How the elements of the chapter ask upward.

import type { BatchAction } from "./actions.ts";

const ACTION = "celoss-batch-action";

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
