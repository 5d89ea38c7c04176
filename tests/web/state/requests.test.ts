import { describe, expect, it } from "vitest";
import type { Action } from "../../../web/src/state/lesson/actions.ts";
import { logitsOf } from "../../../web/src/state/lesson/derive.ts";
import { UNDERFLOW_GAP } from "../../../web/src/state/lesson/presets.ts";
import { open, type Request } from "../../../web/src/state/requests.ts";
import { Store } from "../../../web/src/state/store.ts";
import { readHash } from "../../../web/src/state/url.ts";
import { type Case, cases, tensor } from "../api/golden.ts";
import { lab } from "../lab/core.ts";
import { play, start, textsOf, withX, zeros } from "./lesson/play.ts";

interface RandomCase extends Case {
  seed: number;
  data: number[];
}

const random: Request = { type: "random" };
const raise = (row: number): Request => ({ type: "raiseLargest", row });
const setDtype = (dtype: "float32" | "float64"): Action => ({ type: "setDtype", dtype });

function storeAfter(request: Request, state = start): Store {
  const store = new Store(lab, state, () => {});
  store.request(request);
  return store;
}

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
    const store = storeAfter(random, state);
    expect(store.state.example.seed).toBe(seed);
    expect(store.model.x).toEqual(tensor(data, { dtype, shape }));
    expect(store.state.example.target).toEqual(state.example.target);
  });

  it("starts at seed 0 and goes on", () => {
    const store = storeAfter(random);
    expect(store.state.example.seed).toBe(0);
    expect(store.model.x).toEqual(lab.rand([3, 3], { seed: 0 }));
    store.request(random);
    expect(store.state.example.seed).toBe(1);
    store.dispatch({ type: "undo" });
    expect(store.state.example.seed).toBe(0);
    expect(store.model.x).toEqual(lab.rand([3, 3], { seed: 0 }));
  });

  it("shows the digits of its numbers", () => {
    const store = storeAfter(random);
    expect(textsOf(store.state)[0]).toEqual(["0.4962566", "0.7682218", "0.08847743"]);
  });
});

describe("raiseLargest", () => {
  it.each(["float32", "float64"] as const)("makes log(softmax(x)) -inf in %s, where log_softmax is not", (dtype) => {
    const store = storeAfter(raise(0), play(start, setDtype(dtype)));
    const { logOfSoftmax, logSoftmax } = store.model.logitsTrace;
    expect([...logOfSoftmax.data.slice(0, 3)]).toEqual([0, -Infinity, -Infinity]);
    const gap = UNDERFLOW_GAP[dtype];
    expect(logSoftmax.data[1]).toBeCloseTo(-gap, 4);
    expect([...logOfSoftmax.data.slice(3)].every(Number.isFinite)).toBe(true);
  });

  it("touches nothing but the largest logit of its row", () => {
    const store = storeAfter(raise(1));
    const texts = textsOf(store.state);
    expect(texts[1]?.slice(0, 2)).toEqual(["0.28940", "0.05678"]);
    expect([texts[0], texts[2]]).toEqual([textsOf(start)[0], textsOf(start)[2]]);
    expect(store.state.example.seed).toBeNull();
    store.dispatch({ type: "undo" });
    expect(store.state.example).toBe(start.example);
  });

  it("of a row with the gap is no edit", () => {
    const store = storeAfter(raise(0));
    store.request(raise(0));
    expect(store.state.past.length).toBe(1);
    expect(logitsOf(store.state.example)).toEqual(store.model.x);
  });
});

describe("open", () => {
  const { data } = readHash("#shape=2,4&seed=7&dtype=float64");
  const expected = lab.rand([2, 4], { seed: 7, dtype: "float64" });

  it("gets the numbers of a link that names a seed from the core", () => {
    const store = storeAfter({ type: "open", layers: [data], problems: [] });
    expect(store.model.x).toEqual(expected);
    expect(new Store(lab, { ...start, ...open(lab, [data], []) }, () => {}).model.x).toEqual(expected);
  });

  it("is one edit, and what resetting goes back to", () => {
    const store = storeAfter({ type: "open", layers: [data], problems: [] });
    expect(store.state.past).toEqual([start.example]);
    store.dispatch({ type: "setLabel", row: 0, label: 1 });
    store.dispatch({ type: "reset" });
    expect(store.model.x).toEqual(expected);
  });
});
