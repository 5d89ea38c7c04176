// What every action does to the state of the chapter. Pure; a new id is an order, which store.ts gives to the engine.

import type { BatchAction } from "./actions.ts";
import type { Report, Said } from "./messages.ts";
import { saidBy } from "./settings.ts";
import { type BatchState, type Brought, EMPTY, LONGEST_IN_BOX, NOTHING_SAID, type Phase } from "./state.ts";

const UNDO_STEPS = 200;

export function reduce(state: BatchState, action: BatchAction | Report): BatchState {
  switch (action.type) {
    case "bringText":
      return bringText(state, action.text, action.edit);
    case "bringFiles": {
      const files = action.files.map(({ name, size: bytes }) => ({ name, bytes }));
      return files.length === 0 ? state : bring(state, "", { files, characters: 0 }, NOTHING_SAID);
    }
    case "say":
      return say(state, { ...state.said, ...action.said });
    case "correct":
      return say(state, { ...state.said, corrections: { ...state.said.corrections, ...action.corrections } });
    case "open":
      return judge({ ...state, said: saidBy(action.settings, state.said) });
    case "undo":
      return turn(state, "past", "future");
    case "redo":
      return turn(state, "future", "past");
    case "stop":
      if (state.phase === "idle") return state;
      // Reports that are on their way come too late.
      return { ...state, phase: "idle", id: state.id + 1, stopped: true, reading: null, judgement: null };
    case "toLesson":
      return state;
    case "again":
      return judge({ ...state, reading: null });
    default:
      return action.id === state.id ? hear(state, action) : state;
  }
}

function bringText(state: BatchState, text: string, edit: boolean): BatchState {
  if (text.trim() === "") return { ...EMPTY, text, id: state.id + 1 };
  const shown = text.length > LONGEST_IN_BOX ? "" : text;
  return bring(state, shown, { files: [], characters: text.length }, edit ? state.said : NOTHING_SAID);
}

/** What is brought takes the place of what was there: nothing of that counts any more. */
function bring({ id }: BatchState, text: string, brought: Brought, said: Said): BatchState {
  return { ...EMPTY, text, brought, phase: "reading", id: id + 1, said };
}

function say(state: BatchState, said: Said): BatchState {
  return judge({ ...state, said, past: [...state.past, state.said].slice(-UNDO_STEPS), future: [] });
}

function turn(state: BatchState, from: "past" | "future", to: "past" | "future"): BatchState {
  const said = state[from].at(-1);
  if (said === undefined) return state;
  return judge({ ...state, said, [from]: state[from].slice(0, -1), [to]: [...state[to], state.said] });
}

/** What was read is judged; first it is read, if that was given up or is not done. */
function judge(state: BatchState): BatchState {
  const phase: Phase = state.brought !== null && state.reading === null ? "reading" : "judging";
  // Reading goes on: it is judged by what has been said by then.
  if (state.phase === "reading") return state;
  if (state.reading?.kind === "refused") return state;
  return { ...state, phase, id: state.id + 1, done: 0, stopped: false, failure: null };
}

function hear(state: BatchState, answer: Report): BatchState {
  switch (answer.type) {
    case "progress":
      return { ...state, done: answer.done };
    case "read": {
      const read: BatchState = { ...state, reading: answer.reading, phase: "idle" };
      return answer.reading.kind === "understood" ? judge(read) : read;
    }
    case "judged":
      return {
        ...state,
        judgement: answer.judgement,
        halves: [],
        ways: [],
        parts: answer.parts,
        phase: "idle",
      };
    case "halves":
      return { ...state, halves: answer.halves };
    case "asked":
      return { ...state, judgement: null, ways: answer.ways, parts: answer.parts, phase: "idle" };
    case "failed":
      return { ...state, failure: answer.message, phase: "idle" };
    case "lesson":
    case "compared":
      return state;
  }
}
