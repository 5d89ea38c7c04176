import { describe, expect, it } from "vitest";
import type { Order, Report } from "../../../../web/src/state/diagnosis/messages.ts";
import { BatchStore } from "../../../../web/src/state/diagnosis/store.ts";
import { diagnosis } from "./diagnosed.ts";

/** A store, and what its engine was ordered. */
function storeOf() {
  const orders: (Order | "end")[] = [];
  let hear: (report: Report) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  let changes = 0;
  const taken: unknown[] = [];
  const store = new BatchStore(
    (heard, failed) => {
      hear = heard;
      fail = failed;
      return { post: (order) => orders.push(order), end: () => orders.push("end") };
    },
    () => changes++,
    (lesson, samples) => taken.push([lesson.labels, samples]),
  );
  return {
    store,
    orders,
    hear: (report: Report) => hear(report),
    fail: (error: unknown) => fail(error),
    changes: () => changes,
    taken,
  };
}

const reading = {
  kind: "understood",
  understood: { tensors: [], reported: { loss: null, accuracy: null, classes: null }, error: null, notices: [] },
} as const;

describe("the chapter's store", () => {
  it("has a text read, and then judged by what was said beside it", () => {
    const { store, orders, hear } = storeOf();
    store.dispatch({ type: "bringText", text: "1 2", edit: false });
    store.dispatch({ type: "say", said: { classes: 3 } });
    expect(orders).toEqual([{ type: "read", id: 1, material: { text: "1 2" } }]);
    hear({ type: "read", id: 1, reading });
    expect(orders[1]).toEqual({ type: "judge", id: 2, said: store.state.said });
    expect(store.state.said.classes).toBe(3);
  });

  it("hands over files, not their names", () => {
    const { store, orders } = storeOf();
    const files = [new File(["12"], "x.npy")];
    store.dispatch({ type: "bringFiles", files });
    expect(orders).toEqual([{ type: "read", id: 1, material: { files } }]);
  });

  it("ends the engine when it is stopped or emptied, and can read the same again", () => {
    const { store, orders } = storeOf();
    store.dispatch({ type: "bringText", text: "1 2", edit: false });
    store.dispatch({ type: "stop" });
    store.dispatch({ type: "again" });
    store.dispatch({ type: "bringText", text: "", edit: false });
    expect(orders).toEqual([
      { type: "read", id: 1, material: { text: "1 2" } },
      "end",
      { type: "read", id: 3, material: { text: "1 2" } },
      "end",
    ]);
  });

  it("says what keeps the engine from working", () => {
    const { store, fail } = storeOf();
    store.dispatch({ type: "bringText", text: "1 2", edit: false });
    fail(new Error("no WebAssembly"));
    expect(store.state).toMatchObject({ phase: "idle", failure: "Error: no WebAssembly" });
  });

  it("has two batches compared once, and again when one of them is judged anew", () => {
    const [before, after] = [storeOf(), storeOf()];
    const compared = () => after.orders.filter((order) => typeof order !== "string" && order.type === "compare");
    const judge = ({ store, hear }: ReturnType<typeof storeOf>) => {
      store.dispatch({ type: "bringText", text: "1 2", edit: false });
      hear({ type: "read", id: store.state.id, reading });
      const judgement = { batch: {} as never, diagnosis, samples: 0 };
      hear({ type: "judged", id: store.state.id, judgement, figures: null, parts: null });
    };
    judge(before);
    expect(after.store.comparedWith(before.store)).toBe(null);
    expect(compared()).toEqual([]);
    judge(after);
    after.store.comparedWith(before.store);
    expect(after.store.comparedWith(before.store)).toBe(null);
    const side = { loss: diagnosis.loss, samples: null };
    expect(compared()).toEqual([{ type: "compare", id: 1, before: side, after: side }]);
    const comparison = { changes: null, otherLabels: 0, means: null };
    after.hear({ type: "compared", id: 1, comparison });
    expect(after.store.comparedWith(before.store)).toBe(comparison);
    judge(before);
    expect(after.store.comparedWith(before.store)).toBe(null);
    expect(compared()).toHaveLength(2);
    after.hear({ type: "compared", id: 1, comparison });
    expect(after.store.comparedWith(before.store)).toBe(null);
  });

  it("tells of changes alone", () => {
    const { store, hear, changes } = storeOf();
    store.dispatch({ type: "undo" });
    hear({ type: "progress", id: 7, done: 1 });
    expect(changes()).toBe(0);
  });
});
