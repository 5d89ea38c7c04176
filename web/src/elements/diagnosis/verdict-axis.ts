// The loss on its axis, with the loss after the fix beside it, or that of another batch.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import type { Finding } from "../../lab/diagnosis/types.ts";
import type { LossMark } from "../figures/loss-axis.ts";
import type { BatchView } from "./batch-view.ts";

export function verdictAxis(view: BatchView, first: Finding): TemplateResult | typeof nothing {
  const loss = meanOf(view);
  if (loss === null) return nothing;
  const t = view.text.verdict;
  const front = isFront(first);
  const fixed = first.fixedLoss;
  const marks = [
    { value: loss, name: fixed === null ? "" : t.now, front },
    ...(fixed === null ? [] : [{ value: fixed, name: t.fixed, front: false }]),
  ];
  return lossAxis(view, first, marks, t.axis(figure(loss), fixed === null ? null : figure(fixed)));
}

/** A mean that has its place on the axis; null: there is none. */
export function meanOf({ batch }: BatchView): number | null {
  const loss = batch.judgement?.diagnosis.loss ?? null;
  return loss?.reduction === "mean" && Number.isFinite(loss.value) ? loss.value : null;
}

/** Behind a softmax: only there the floor holds. */
export const isFront = ({ id }: Finding): boolean => id === "softmax-in-front";

export function lossAxis(
  { figures, page, second }: BatchView,
  finding: Finding,
  marks: readonly LossMark[],
  label: string,
): TemplateResult | typeof nothing {
  if (figures === null) return nothing;
  const { uniformLoss, softmaxFloor, classes } = figures;
  const front = isFront(finding);
  const { floor, ceiling } = finding.proof;
  const names = page.text.lesson;
  return html`<celoss-loss-axis
    id=${second ? "comparison-axis" : "verdict-axis"}
    .marks=${marks}
    .floors=${{
      doubleSoftmaxFloor: front ? Number(floor) : softmaxFloor,
      doubleSoftmaxCeiling: front ? Number(ceiling) : uniformLoss,
      uniformLoss,
    }}
    .names=${{ floor: names.floorName, ceiling: names.ceilingName, uniform: names.uniformName(classes) }}
    .label=${label}
  ></celoss-loss-axis>`;
}
