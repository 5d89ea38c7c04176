import { describe, expect, it } from "vitest";
import type { BatchAction } from "../../../../web/src/state/diagnosis/actions.ts";
import type { Judgement } from "../../../../web/src/state/diagnosis/messages.ts";
import { reduce } from "../../../../web/src/state/diagnosis/reducer.ts";
import { settingsOf } from "../../../../web/src/state/diagnosis/settings.ts";
import { EMPTY } from "../../../../web/src/state/diagnosis/state.ts";
import type { BatchSettings } from "../../../../web/src/state/parameters.ts";
import { diagnosis } from "./diagnosed.ts";

const ALL: BatchSettings = {
  classes: 10,
  loss: { value: 1.4612, decimals: 4 },
  accuracy: { value: 0.99, decimals: 2 },
  "batch-reduction": "sum",
  "ignore-index": -1,
  "label-smoothing": 0.1,
  weight: [1, 2],
};
const played = (...actions: BatchAction[]) => actions.reduce(reduce, EMPTY);
const judgement: Judgement = {
  batch: {
    ignoreIndex: -100,
    labelSmoothing: 0.2,
    reduction: "mean",
    loss: { value: 0.5, decimals: 1 },
    accuracy: null,
    classes: 3,
    words: null,
    assumptions: [],
    unused: [],
  },
  diagnosis,
  samples: 3,
};

describe("what is said beside a batch", () => {
  it("is opened and written as it is", () => {
    const opened = played({ type: "open", settings: ALL });
    expect(opened).toMatchObject({ phase: "judging", past: [], said: { classes: 10, weight: [1, 2] } });
    expect(settingsOf(opened)).toEqual(ALL);
    expect(settingsOf(EMPTY)).toEqual({});
  });

  it("takes the place of all that can be said so, and of nothing else", () => {
    const before = played(
      { type: "open", settings: ALL },
      { type: "correct", corrections: { classAxis: 2, labels: [] } },
    );
    const { said } = reduce(before, { type: "open", settings: { "ignore-index": 255 } });
    expect(said).toMatchObject({ loss: null, accuracy: null, classes: null, weight: null });
    expect(said.corrections).toEqual({ classAxis: 2, labels: [], ignoreIndex: 255 });
  });

  it("is what was read with the batch too, without what goes without saying and what the logits say", () => {
    const loss = { value: 0.5, decimals: 1 };
    expect(settingsOf({ ...EMPTY, judgement })).toEqual({ loss, "label-smoothing": 0.2 });
    const alone = { ...judgement, diagnosis: { ...diagnosis, read: { logits: null, target: null } } };
    expect(settingsOf({ ...EMPTY, judgement: alone })).toEqual({ classes: 3, loss, "label-smoothing": 0.2 });
    const { said } = played({ type: "open", settings: { loss: ALL.loss as never } });
    expect(settingsOf({ ...EMPTY, judgement, said }).loss).toBe(ALL.loss);
  });
});
