// The loss on its axis, with the loss after the fix beside it.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import type { Finding } from "../../lab/diagnosis/types.ts";
import type { BatchView } from "./batch-view.ts";

export function verdictAxis(
  { batch, figures, text, page }: BatchView,
  first: Finding,
): TemplateResult | typeof nothing {
  const loss = batch.judgement?.diagnosis.loss ?? null;
  if (figures === null || loss === null || loss.reduction !== "mean" || !Number.isFinite(loss.value)) return nothing;
  const { floor, ceiling } = first.proof;
  const { uniformLoss, softmaxFloor, classes } = figures;
  /** Behind a softmax: only there the floor holds. */
  const front = first.id === "softmax-in-front";
  const t = text.verdict;
  const names = page.text.lesson;
  const fixed = first.fixedLoss;
  const marks = [
    { value: loss.value, name: fixed === null ? "" : t.now, front },
    ...(fixed === null ? [] : [{ value: fixed, name: t.fixed, front: false }]),
  ];
  return html`<celoss-loss-axis
    id="verdict-axis"
    .marks=${marks}
    .floors=${{
      doubleSoftmaxFloor: front ? Number(floor) : softmaxFloor,
      doubleSoftmaxCeiling: front ? Number(ceiling) : uniformLoss,
      uniformLoss,
    }}
    .names=${{ floor: names.floorName, ceiling: names.ceilingName, uniform: names.uniformName(classes) }}
    .label=${t.axis(figure(loss.value), fixed === null ? null : figure(fixed))}
  ></celoss-loss-axis>`;
}
