// States that no code can change, and shortcuts to reach them.
import type { Action } from "../../../../web/src/state/lesson/actions.ts";
import { parseLogits } from "../../../../web/src/state/lesson/grammar.ts";
import { loadGrammar } from "../../../../web/src/state/lesson/late.ts";
import { reduce } from "../../../../web/src/state/lesson/reducer.ts";
import { initialState, type State } from "../../../../web/src/state/lesson/state.ts";

// As after a first paste: every text can be read.
await loadGrammar();

/** The value with everything in it frozen: who writes to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

export const start: State = frozen(initialState("en", "auto"));

/** The state after some actions. */
export function play(state: State, ...actions: readonly Action[]): State {
  return actions.reduce((before, action) => frozen(reduce(before, frozen(action))), state);
}

/** What a paste sends. */
export const pasted = (text: string, way: string | null = null): Action => ({
  type: "paste",
  text,
  logits: parseLogits(text, way),
});

/** A state whose x holds these texts. */
export function withX(rows: readonly (readonly string[])[], ...actions: readonly Action[]): State {
  return play(start, pasted(rows.map((row) => row.join(" ")).join("\n")), ...actions);
}

export const textsOf = ({ example }: State): string[][] => example.x.map((row) => row.map((entry) => entry.text));

export const valuesOf = ({ example }: State): number[][] => example.x.map((row) => row.map((entry) => entry.value));

/** A matrix of "0" with some samples and classes. */
export function zeros(samples: number, classes: number): string[][] {
  return Array.from({ length: samples }, () => Array.from({ length: classes }, () => "0"));
}
