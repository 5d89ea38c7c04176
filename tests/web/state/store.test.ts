import { describe, expect, it } from "vitest";
import type { Action } from "../../../web/src/state/lesson/actions.ts";
import { derive, logitsOf } from "../../../web/src/state/lesson/derive.ts";
import { UNDERFLOW_GAP } from "../../../web/src/state/lesson/presets.ts";
import { cell } from "../../../web/src/state/lesson/provenance.ts";
import type { State } from "../../../web/src/state/lesson/state.ts";
import { Store } from "../../../web/src/state/store.ts";
import { readHash } from "../../../web/src/state/url.ts";
import { type Case, cases, tensor } from "../api/golden.ts";
import { lab } from "../lab/core.ts";
import { play, start, textsOf, withX, zeros } from "./lesson/play.ts";

interface RandomCase extends Case {
  seed: number;
  data: number[];
}

const random: Action = { type: "random" };
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
    { type: "paste", text: "not a matrix" },
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

describe("random", () => {
  const shown = cases<RandomCase>("random.json").filter(
    ({ seed, shape: [N = 0, C = 0] }) => seed < 2 ** 32 - 1 && N <= 8 && C >= 2,
  );

  it.each(shown)("x is what torch.rand gives: $name", ({ seed, dtype, shape, data }) => {
    const [N = 0, C = 0] = shape;
    const state = play(withX(zeros(N, C), setDtype(dtype)), {
      type: "replaceX",
      rows: zeros(N, C).map((row) => row.map(Number)),
      seed: seed === 0 ? null : seed - 1,
      gesture: null,
    });
    const { store } = storeOf(state, random);
    expect(store.state.example.seed).toBe(seed);
    expect(store.model.x).toEqual(tensor(data, { dtype, shape }));
    expect(store.state.example.target).toEqual(state.example.target);
  });

  it("starts at seed 0 and goes on", () => {
    const { store } = storeOf(start, random);
    expect(store.state.example.seed).toBe(0);
    expect(store.model.x).toEqual(lab.rand([3, 3], { seed: 0 }));
    store.dispatch(random);
    expect(store.state.example.seed).toBe(1);
    store.dispatch({ type: "undo" });
    expect(store.state.example.seed).toBe(0);
    expect(store.model.x).toEqual(lab.rand([3, 3], { seed: 0 }));
  });

  it("shows the digits of its numbers", () => {
    const { store } = storeOf(start, random);
    expect(textsOf(store.state)[0]).toEqual(["0.4962566", "0.7682218", "0.08847743"]);
  });
});

describe("raiseLargest", () => {
  it.each(["float32", "float64"] as const)("makes log(softmax(x)) -inf in %s, where log_softmax is not", (dtype) => {
    const { store } = storeOf(start, setDtype(dtype), { type: "raiseLargest", row: 0 });
    const { logOfSoftmax, logSoftmax } = store.model.logitsTrace;
    expect([...logOfSoftmax.data.slice(0, 3)]).toEqual([0, -Infinity, -Infinity]);
    const gap = UNDERFLOW_GAP[dtype];
    expect(logSoftmax.data[1]).toBeCloseTo(-gap, 4);
    expect([...logOfSoftmax.data.slice(3)].every(Number.isFinite)).toBe(true);
  });

  it("touches nothing but the largest logit of its row", () => {
    const { store } = storeOf(start, { type: "raiseLargest", row: 1 });
    const texts = textsOf(store.state);
    expect(texts[1]?.slice(0, 2)).toEqual(["0.28940", "0.05678"]);
    expect([texts[0], texts[2]]).toEqual([textsOf(start)[0], textsOf(start)[2]]);
    expect(store.state.example.seed).toBeNull();
    store.dispatch({ type: "undo" });
    expect(store.state.example).toBe(start.example);
  });

  it("of a row with the gap is no edit", () => {
    const { store } = storeOf(start, { type: "raiseLargest", row: 0 }, { type: "raiseLargest", row: 0 });
    expect(store.state.past.length).toBe(1);
    expect(logitsOf(store.state.example)).toEqual(store.model.x);
  });
});

it("a link that names a seed gets its numbers from the core", () => {
  const opened: Action = { type: "open", layers: [readHash("#shape=2,4&seed=7&dtype=float64").data], problems: [] };
  const expected = lab.rand([2, 4], { seed: 7, dtype: "float64" });
  expect(storeOf(start, opened).store.model.x).toEqual(expected);
  expect(storeOf(play(start, opened)).store.model.x).toEqual(expected);
});
