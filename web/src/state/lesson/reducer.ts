// What every action does to the state. Pure.

import type { Action } from "./actions.ts";
import { cast, type Entry, entryOf, held, nudge, retype } from "./entry.ts";
import { classesOf, type Example } from "./example.ts";
import { MAX_CLASSES, MAX_SAMPLES, MIN_CLASSES, remarksOf } from "./limits.ts";
import type { State } from "./state.ts";

const UNDO_STEPS = 200;

/** What a reader may still do where the numbers are to stay as they are: ask, and look at them another way. */
const LOOKING: ReadonlySet<Action["type"]> = new Set<Action["type"]>([
  "ask",
  "dismissProblems",
  "open",
  // Its fields are closed: nothing but another spelling of the same.
  "setBatch",
  // The two ways of counting labels, to compare them.
  "setCountedLabels",
  "setLanguage",
  "setSettings",
  "setShifted",
  "setSoftmaxInFront",
  "setTheme",
]);

/** What a new cell holds. */
const ZERO: Entry = { text: "0", value: 0 };

export function reduce(state: State, action: Action): State {
  const { example } = state;
  if (state.readonly && !LOOKING.has(action.type)) return state;
  switch (action.type) {
    case "retype":
      return retypeEntry(state, action);
    case "nudge":
      return edit(
        state,
        withEntry(example, action.row, action.column, (entry) => nudge(entry, action.step, example.dtype)),
        action.gesture,
      );
    case "setLabel":
      return edit(state, withTarget(example, example.target.with(action.row, action.label)));
    case "setCountedLabels":
      return edit(state, { ...example, countedLabels: action.labels });
    case "addSample":
      return addSample(state);
    case "removeSample":
      if (example.x.length <= 1) return state;
      return edit(state, {
        ...example,
        x: example.x.toSpliced(action.row, 1),
        target: example.target.toSpliced(action.row, 1),
        countedLabels: example.countedLabels.toSpliced(action.row, 1),
        seed: null,
      });
    case "addClass":
      if (classesOf(example) >= MAX_CLASSES) return state;
      return edit(state, {
        ...example,
        x: example.x.map((row) => [...row, ZERO]),
        // A label whose class is gone must not turn into the new one.
        target: example.target.map((label) => (label >= classesOf(example) ? label + 1 : label)),
        seed: null,
      });
    case "removeClass":
      return removeClass(state, action.column);
    case "paste":
      return paste(state, action);
    case "replaceX":
      return edit(
        state,
        {
          ...example,
          x: action.rows.map((row, i) =>
            row.map((value, c) => {
              const entry = example.x[i]?.[c];
              return entry && Object.is(held(entry.value, example.dtype), value)
                ? entry
                : entryOf(value, example.dtype);
            }),
          ),
          seed: action.seed,
        },
        action.gesture,
      );
    case "setDtype":
      if (action.dtype === example.dtype) return state;
      // torch.rand gives other numbers in the other dtype, so the seed goes.
      return edit(state, {
        ...example,
        x: example.x.map((row) => row.map((entry) => cast(entry, action.dtype))),
        dtype: action.dtype,
        seed: null,
      });
    case "setReduction":
      return edit(state, { ...example, reduction: action.reduction });
    case "reset":
      return edit(state, state.start);
    case "undo":
      return step(state, state.past, "past");
    case "redo":
      return step(state, state.future, "future");
    case "setSharpness":
      return { ...state, question: { ...state.question, sharpness: action.sharpness } };
    case "setSoftmaxInFront":
      return { ...state, question: { ...state.question, softmaxInFront: action.softmaxInFront } };
    case "ask":
      return { ...state, asked: action.cell, askedIn: action.cell === null ? null : action.step };
    case "setShifted":
      return { ...state, shifted: action.shifted };
    case "open": {
      const { example: there, ...rest } = action.opening;
      return { ...edit({ ...state, ...rest }, there, null, action.notice ?? null), asked: null };
    }
    case "setBatch":
      return { ...state, batch: action.batch };
    case "setSettings":
      return { ...state, ...action.settings, problems: action.problems };
    case "dismissProblems":
      return { ...state, problems: [] };
    case "setLanguage":
      return { ...state, language: action.language };
    case "setTheme":
      return { ...state, theme: action.theme };
  }
}

function edit(state: State, example: Example, gesture: string | null = null, notice: State["notice"] = null): State {
  if (JSON.stringify(example) === JSON.stringify(state.example)) return { ...state, notice };
  const goesOn = gesture !== null && gesture === state.gesture;
  return {
    ...state,
    example,
    past: goesOn ? state.past : [...state.past, state.example].slice(-UNDO_STEPS),
    future: [],
    gesture,
    notice,
  };
}

/** One step back in the past, or forward into the future. */
function step(state: State, from: readonly Example[], name: "past" | "future"): State {
  const example = from.at(-1);
  if (example === undefined) return state;
  const left = from.slice(0, -1);
  return {
    ...state,
    example,
    past: name === "past" ? left : [...state.past, state.example],
    future: name === "past" ? [...state.future, state.example] : left,
    gesture: null,
    notice: null,
    asked: null,
  };
}

/** While a number is typed, a text that is none falls back to the value from before: 1e400 is 1e4 on its way. */
function retypeEntry(state: State, { row, column, text, gesture }: Extract<Action, { type: "retype" }>): State {
  const { example } = state;
  const before = (state.gesture === gesture ? state.past.at(-1) : example) ?? example;
  const value = before.x[row]?.[column]?.value;
  return edit(
    state,
    withEntry(example, row, column, (entry) => retype({ ...entry, value: value ?? entry.value }, text)),
    gesture,
  );
}

function withEntry(example: Example, row: number, column: number, change: (entry: Entry) => Entry): Example {
  const entry = example.x[row]?.[column];
  if (entry === undefined) return example;
  const changed = change(entry);
  // Looking at a number with its digits is no edit: a random x stays one.
  const seed = changed.value === entry.value ? example.seed : null;
  return { ...example, x: example.x.with(row, (example.x[row] ?? []).with(column, changed)), seed };
}

function addSample(state: State): State {
  const { example } = state;
  if (example.x.length >= MAX_SAMPLES) return state;
  const row = Array.from({ length: classesOf(example) }, () => ZERO);
  const { target, countedLabels } = example;
  return edit(state, {
    ...example,
    x: [...example.x, row],
    target: [...target, 0],
    countedLabels: [...countedLabels, isSame(target, countedLabels) ? 0 : 1],
    seed: null,
  });
}

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** Other labels. Those of the last step go along while they are the same. */
function withTarget(example: Example, target: readonly number[]): Example {
  const isOwn = isSame(example.target, example.countedLabels);
  return { ...example, target, countedLabels: isOwn ? target : example.countedLabels };
}

/** Labels move with their classes. Those of the removed class point past the end, and a notice says which. */
function removeClass(state: State, column: number): State {
  const { example } = state;
  const classes = classesOf(example);
  if (classes <= MIN_CLASSES) return state;
  const left = classes - 1;
  const target = example.target.map((label) => (label === column ? left : label > column ? label - 1 : label));
  const samples = example.target.flatMap((label, sample) => (label === column ? [sample] : []));
  return edit(
    state,
    { ...example, x: example.x.map((row) => row.toSpliced(column, 1)), target, seed: null },
    null,
    samples.length > 0 ? { kind: "labelsLost", samples } : null,
  );
}

/**
 * A pasted matrix takes the place of x, and labels that came with it that of y. Without them labels stay with their
 * rows, and a notice says so. The last step judges the reader's labels from then on.
 */
function paste(state: State, { text, logits }: Extract<Action, { type: "paste" }>): State {
  const { example } = state;
  if (!logits.ok) return { ...state, notice: { kind: "paste", problem: logits.problem, text } };
  const { x } = logits;
  const dtype = logits.dtype ?? example.dtype;
  const target = logits.target ?? x.map((_, row) => example.target[row] ?? 0);
  return edit(
    state,
    {
      ...example,
      x: x.map((row) => row.map((entry) => cast(entry, dtype))),
      target,
      countedLabels: target,
      dtype,
      seed: null,
    },
    null,
    {
      kind: "pasted",
      rows: x.length,
      columns: x[0]?.length ?? 0,
      labels: logits.target === null ? Math.min(example.target.length, x.length) : null,
      notices: remarksOf(logits, dtype),
    },
  );
}
