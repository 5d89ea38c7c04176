import { describe, expect, it } from "vitest";
import type { BatchAction } from "../../../../web/src/state/diagnosis/actions.ts";
import type { Judgement, Report, UnderstoodSummary } from "../../../../web/src/state/diagnosis/messages.ts";
import { reduce } from "../../../../web/src/state/diagnosis/reducer.ts";
import { type BatchState, EMPTY, LONGEST_IN_BOX, NOTHING_SAID } from "../../../../web/src/state/diagnosis/state.ts";
import { diagnosis } from "./diagnosed.ts";

const understood: UnderstoodSummary = {
  tensors: [],
  reported: { loss: null, accuracy: null, classes: null },
  error: null,
  notices: [],
};
const batch = {
  ignoreIndex: null,
  labelSmoothing: null,
  reduction: null,
  loss: null,
  accuracy: null,
  classes: null,
  words: null,
  assumptions: [],
  unused: [],
};
const judgement: Judgement = { batch, diagnosis, samples: 3 };
const refusal = { kind: "x", place: { source: null, line: 1, column: 1 }, details: {}, fix: null };

const bring = (text: string, edit = false): BatchAction => ({ type: "bringText", text, edit });
const say = (classes: number): BatchAction => ({ type: "say", said: { classes } });

/** The state after actions, and answers to whatever the engine was asked last. */
function played(...events: (BatchAction | ((id: number) => Report))[]): BatchState {
  return events.reduce<BatchState>(
    (state, event) => reduce(state, typeof event === "function" ? event(state.id) : event),
    EMPTY,
  );
}
const read = (id: number): Report => ({ type: "read", id, reading: { kind: "understood", understood } });
const judged = (id: number): Report => ({ type: "judged", id, judgement, figures: null, parts: null });
const refused = (id: number): Report => ({ type: "read", id, reading: { kind: "refused", refusal } });

describe("what is brought", () => {
  it("is read, then judged", () => {
    const reading = played(bring("1 2"));
    expect(reading).toMatchObject({ phase: "reading", text: "1 2", brought: { files: [], characters: 3 } });
    const judging = played(bring("1 2"), read);
    expect(judging).toMatchObject({ phase: "judging", reading: { kind: "understood" }, judgement: null });
    expect(judging.id).toBeGreaterThan(reading.id);
    expect(played(bring("1 2"), read, judged)).toMatchObject({ phase: "idle", judgement });
  });

  it("takes the place of everything that was there", () => {
    const now = played(bring("1 2"), read, judged, say(3), judged, bring("3 4"));
    expect(now).toMatchObject({ phase: "reading", reading: null, judgement: null, said: NOTHING_SAID, past: [] });
  });

  it("keeps what was said beside it while it is edited", () => {
    expect(played(bring("1 2"), read, judged, say(3), judged, bring("1 2 3", true)).said.classes).toBe(3);
  });

  it("may be files, which are not in the state", () => {
    const now = played({ type: "bringFiles", files: [new File(["12345"], "x.npy")] });
    expect(now).toMatchObject({ phase: "reading", text: "", brought: { files: [{ name: "x.npy", bytes: 5 }] } });
    expect(JSON.parse(JSON.stringify(now))).toEqual(now);
    expect(played({ type: "bringFiles", files: [] })).toBe(EMPTY);
  });

  it("is not shown where it is longer than a box can hold", () => {
    const long = "1 ".repeat(LONGEST_IN_BOX);
    expect(played(bring(long))).toMatchObject({ text: "", brought: { characters: long.length } });
  });

  it("is nothing, where it is white space", () => {
    expect(played(bring("1 2"), read, judged, bring(" \n"))).toMatchObject({
      phase: "idle",
      brought: null,
      reading: null,
      judgement: null,
    });
  });

  it("is not judged where it was refused, whatever is said beside it", () => {
    expect(played(bring("1 2"), refused)).toMatchObject({ phase: "idle", reading: { kind: "refused" } });
    expect(played(bring("1 2"), refused, say(3))).toMatchObject({ phase: "idle", said: { classes: 3 } });
  });
});

describe("what is said", () => {
  it("is judged without anything brought", () => {
    expect(played(say(3))).toMatchObject({ phase: "judging", said: { classes: 3 }, brought: null });
  });

  it("waits for the reading, and is judged with it", () => {
    const now = played(bring("1 2"), say(3));
    expect(now.phase).toBe("reading");
    expect(played(bring("1 2"), say(3), read)).toMatchObject({ phase: "judging", said: { classes: 3 } });
  });

  it("is taken back and brought back", () => {
    const steps: BatchAction[] = [say(3), say(4), { type: "undo" }, { type: "undo" }, { type: "redo" }];
    const classes = steps.map((_, i) => played(...steps.slice(0, i + 1)).said.classes);
    expect(classes).toEqual([3, 4, 3, null, 3]);
    expect(played(...steps, say(5)).future).toEqual([]);
    expect(played({ type: "undo" })).toBe(EMPTY);
  });

  it("corrects one thing, and leaves the others corrected", () => {
    const now = played(
      { type: "correct", corrections: { classAxis: 2 } },
      { type: "correct", corrections: { ignoreIndex: 0 } },
    );
    expect(now.said.corrections).toEqual({ classAxis: 2, ignoreIndex: 0 });
  });
});

describe("answers", () => {
  it("to an order that is not the last one come too late", () => {
    const old = played(bring("1 2"));
    const now = reduce(old, bring("3 4"));
    expect(reduce(now, read(old.id))).toBe(now);
    const stopped = reduce(now, { type: "stop" });
    expect(stopped).toMatchObject({ phase: "idle", stopped: true, reading: null });
    expect(reduce(stopped, read(now.id))).toBe(stopped);
  });

  it("say how far it is, and that something has broken", () => {
    expect(played(bring("1 2"), (id) => ({ type: "progress", id, done: 0.5 })).done).toBe(0.5);
    const broken = played(bring("1 2"), (id) => ({ type: "failed", id, message: "no" }));
    expect(broken).toMatchObject({ phase: "idle", failure: "no" });
    expect(reduce(broken, { type: "again" })).toMatchObject({ phase: "reading", failure: null });
  });

  it("may be a question, whose answer is judged", () => {
    const ways = [{ corrections: { logits: 0 }, batch }];
    const asked = played(bring("1 2"), read, (id) => ({ type: "asked", id, ways, parts: null }));
    expect(asked).toMatchObject({ phase: "idle", ways });
    const answered = reduce(asked, { type: "correct", corrections: { logits: 0 } });
    expect(answered.phase).toBe("judging");
    expect(reduce(answered, judged(answered.id)).ways).toEqual([]);
  });
});

it("nothing is stopped where nothing is done", () => {
  expect(played({ type: "stop" })).toBe(EMPTY);
});
