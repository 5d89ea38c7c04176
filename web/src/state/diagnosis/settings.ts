// What is said beside a batch, as an address has it: no tensor of it, and nothing that was computed.

import type { Corrections } from "../../read/batch.ts";
import type { BatchSettings } from "../parameters.ts";
import type { Said } from "./messages.ts";
import type { BatchState } from "./state.ts";

/** As PyTorch has them where nothing is said. */
const DEFAULTS = { reduction: "mean", ignoreIndex: -100, labelSmoothing: 0 } as const;

/** What stands in the fields beside the batch, typed there or read with it. */
export function settingsOf({ said, judgement }: BatchState): BatchSettings {
  const known = { ...said.corrections, ...judgement?.batch };
  const other = <Name extends keyof typeof DEFAULTS>(name: Name) =>
    known[name] === DEFAULTS[name] ? null : (known[name] ?? null);
  const settings = {
    // The logits have as many classes as they have.
    classes: judgement?.diagnosis.read.logits ? null : (said.classes ?? known.classes),
    loss: said.loss ?? known.loss,
    accuracy: said.accuracy ?? known.accuracy,
    "batch-reduction": other("reduction"),
    "ignore-index": other("ignoreIndex"),
    "label-smoothing": other("labelSmoothing"),
    weight: said.weight,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== undefined));
}

/** What an address says takes the place of all that it can say. */
export function saidBy(settings: BatchSettings, { way, corrections }: Said): Said {
  const { reduction: _, ignoreIndex: __, labelSmoothing: ___, ...others } = corrections;
  const { loss = null, accuracy = null, classes = null, weight = null } = settings;
  const options = {
    reduction: settings["batch-reduction"],
    ignoreIndex: settings["ignore-index"],
    labelSmoothing: settings["label-smoothing"],
  };
  const given: Corrections = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { way, corrections: { ...others, ...given }, loss, accuracy, classes, weight };
}
