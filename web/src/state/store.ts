// Holds the state, keeps the model beside it, and tells who listens.

import type { Lab } from "../lab/index.ts";
import type { Action } from "./lesson/actions.ts";
import { derive, type Model } from "./lesson/derive.ts";
import { reduce } from "./lesson/reducer.ts";
import type { State } from "./lesson/state.ts";
import { answer, type Request } from "./requests.ts";

export class Store {
  #state: State;
  #model: Model;
  readonly #lab: Lab;
  readonly #changed: () => void;

  constructor(lab: Lab, state: State, changed: () => void) {
    this.#lab = lab;
    this.#state = state;
    this.#model = derive(lab, state);
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  get model(): Model {
    return this.#model;
  }

  dispatch(action: Action): void {
    const state = reduce(this.#state, action);
    if (state === this.#state) return;
    // Asking and switching the language leave every number where it is.
    const sameNumbers =
      state.example === this.#state.example &&
      state.question === this.#state.question &&
      state.shifted === this.#state.shifted;
    this.#state = state;
    if (!sameNumbers) this.#model = derive(this.#lab, state, this.#model);
    this.#changed();
  }

  request(request: Request): void {
    this.dispatch(answer(this.#lab, this.#state, request));
  }
}
