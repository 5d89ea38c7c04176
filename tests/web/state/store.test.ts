import { describe, expect, it } from "vitest";
import type { Lab } from "../../../web/src/lab/index.ts";
import type { Action } from "../../../web/src/state/lesson/actions.ts";
import { cell } from "../../../web/src/state/lesson/cell.ts";
import { derive } from "../../../web/src/state/lesson/derive.ts";
import type { State } from "../../../web/src/state/lesson/state.ts";
import { Store } from "../../../web/src/state/store.ts";
import { lab } from "../lab/core.ts";
import { pasted, play, start } from "./lesson/play.ts";

const setDtype = (dtype: "float32" | "float64"): Action => ({ type: "setDtype", dtype });

/** A store, and how often it told of a change. */
function storeOf(state: State = start, ...actions: Action[]) {
  const changes = { count: 0 };
  const store = new Store(lab, state, () => changes.count++);
  for (const action of actions) store.dispatch(action);
  return { store, changes };
}

describe("a store", () => {
  it("keeps the model of its state", () => {
    const { store, changes } = storeOf();
    expect(store.state).toBe(start);
    expect(store.model).toEqual(derive(lab, start));
    const action: Action = { type: "retype", row: 0, column: 0, text: "2", gesture: "type" };
    store.dispatch(action);
    expect(store.state).toEqual(play(start, action));
    expect(store.model).toEqual(derive(lab, play(start, action)));
    expect(changes.count).toBe(1);
  });

  it.each<Action>([
    { type: "ask", cell: cell("softmax", 0, 0), step: "softmax" },
    { type: "setLanguage", language: "zh" },
    { type: "setTheme", theme: "dark" },
    pasted("not a matrix"),
  ])("computes nothing again, but tells: $type", (action) => {
    const { store, changes } = storeOf();
    const { model } = store;
    store.dispatch(action);
    expect(store.model).toBe(model);
    expect(changes.count).toBe(1);
  });

  it.each<Action>([
    { type: "setLabel", row: 0, label: 2 },
    { type: "setCountedLabels", labels: [1, 2, 2] },
    { type: "setReduction", reduction: "sum" },
    setDtype("float64"),
    { type: "setSharpness", sharpness: 1 },
    { type: "setShifted", shifted: true },
  ])("computes again: $type", (action) => {
    const { store } = storeOf();
    const { model } = store;
    store.dispatch(action);
    expect(store.model).not.toEqual(model);
    expect(store.model).toEqual(derive(lab, store.state));
  });

  it("tells nothing where nothing happens", () => {
    const { changes } = storeOf(start, { type: "undo" }, { type: "redo" }, setDtype("float32"));
    expect(changes.count).toBe(0);
  });
});

describe("an edit asks the core for what it changes, and for nothing else", () => {
  /** How often each function of the core is called. */
  function counting() {
    const calls: Record<string, number> = {};
    const counter = new Proxy(lab, {
      get: (target, name: keyof Lab) => {
        if (typeof target[name] !== "function") return target[name];
        calls[name] = (calls[name] ?? 0) + 1;
        return target[name];
      },
    });
    return { counter, calls };
  }

  function callsOf(action: Action, ...before: Action[]) {
    const { counter, calls } = counting();
    const store = new Store(counter, play(start, ...before), () => {});
    for (const name of Object.keys(calls)) delete calls[name];
    store.dispatch(action);
    expect(store.model).toEqual(derive(lab, store.state));
    return calls;
  }

  const accepted: Action = { type: "setCountedLabels", labels: [0, 1, 1] };

  it.each<[string, Action, Record<string, number>]>([
    ["an entry of x", { type: "retype", row: 0, column: 0, text: "2", gesture: "type" }, { trace: 1, crossEntropy: 1 }],
    [
      "a text of the same value",
      { type: "retype", row: 0, column: 0, text: "", gesture: "type" },
      { trace: 1, crossEntropy: 1 },
    ],
    [
      "a logit that overflows",
      { type: "retype", row: 0, column: 0, text: "89", gesture: "type" },
      { trace: 1, crossEntropy: 1, naiveSoftmax: 1 },
    ],
    ["a label", { type: "setLabel", row: 1, label: 0 }, { trace: 1, crossEntropy: 1 }],
    ["a label that may count from 1", { type: "setLabel", row: 0, label: 2 }, { trace: 1, crossEntropy: 2 }],
    ["the reduction", { type: "setReduction", reduction: "sum" }, { trace: 1 }],
    ["a sample", { type: "addSample" }, { trace: 1, crossEntropy: 1 }],
    ["a class", { type: "addClass" }, { trace: 1, crossEntropy: 1, floors: 1 }],
    ["a label that is refused", { type: "setLabel", row: 0, label: 3 }, { trace: 2, crossEntropy: 2 }],
    ["counted labels", { type: "setCountedLabels", labels: [0, 0, 1] }, { crossEntropy: 1 }],
    ["counted labels that may count from 1", { type: "setCountedLabels", labels: [1, 2, 2] }, { crossEntropy: 2 }],
    ["the sharpness", { type: "setSharpness", sharpness: 1 }, { sharpen: 1, trace: 1 }],
    ["the form of softmax", { type: "setShifted", shifted: true }, {}],
    ["the pipeline of the question", { type: "setSoftmaxInFront", softmaxInFront: false }, {}],
  ])("%s", (_, action, calls) => {
    expect(callsOf(action, accepted)).toEqual(calls);
  });
});
