// How elements ask upward: what is to happen, and what only the core can answer.

import type { Action } from "./lesson/actions.ts";
import type { Request } from "./requests.ts";

const ACTION = "celoss-action";
const REQUEST = "celoss-request";
const BRING = "celoss-bring";

/** Sends an action upward from an element. */
export function send(from: EventTarget, action: Action): void {
  dispatch(from, ACTION, action);
}

export function request(from: EventTarget, request: Request): void {
  dispatch(from, REQUEST, request);
}

/** Offers a text to the chapter that takes any batch; false: there is none. */
export function bring(from: EventTarget, text: string): boolean {
  return !from.dispatchEvent(new CustomEvent(BRING, { detail: text, bubbles: true, composed: true, cancelable: true }));
}

/** Hears texts that elements below offer; take says whether it takes one. */
export function takeBatches(at: EventTarget, take: (text: string) => boolean): void {
  at.addEventListener(BRING, (event) => {
    event.stopPropagation();
    if (take((event as CustomEvent<string>).detail)) event.preventDefault();
  });
}

/** Hears what elements below send. It goes no further: a demo may stand in another, as its preview. */
export function listen(at: EventTarget, act: (action: Action) => void, answer: (request: Request) => void): void {
  hear(at, ACTION, act);
  hear(at, REQUEST, answer);
}

function dispatch<T>(from: EventTarget, name: string, detail: T): void {
  from.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
}

function hear<T>(at: EventTarget, name: string, act: (detail: T) => void): void {
  at.addEventListener(name, (event) => {
    event.stopPropagation();
    act((event as CustomEvent<T>).detail);
  });
}
