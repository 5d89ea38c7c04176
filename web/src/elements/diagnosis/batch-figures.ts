// The batch as a whole: how its losses lie, its samples with the worst first, and which classes are taken for which.

import { html, nothing, type TemplateResult } from "lit";
import { percent, tellingFigure } from "../../format/fixed.ts";
import type { BatchText } from "../../i18n/batch/index.ts";
import type { SampleFigures } from "../../state/diagnosis/messages.ts";
import { number } from "../figures/number.ts";
import type { BatchView } from "./batch-view.ts";

/** More classes than this are no figure that one could read. */
const MOST_CLASSES = 12;

export function batchFigures(view: BatchView): TemplateResult | typeof nothing {
  const { batch, figures, text, page } = view;
  if (figures === null || figures.order.length === 0) return nothing;
  const t = text.batch;
  const { softmaxFloor, uniformLoss, classes } = figures;
  const names = page.text.lesson;
  const { diagnosis, batch: summary } = batch.judgement ?? {};
  const toLesson = page.state.steps.includes("data") && !page.state.readonly;
  const isSoft = diagnosis?.read.target?.kind === "probabilities";
  const hasWeight =
    batch.said.weight !== null || summary?.assumptions.some(({ id, value }) => id === "weight" && value !== null);
  return html`
    <section class="batch-figures" aria-labelledby="batch-figures-name">
      <h3 id="batch-figures-name">${t.name(figures.order.length.toLocaleString("en"))}</h3>
      ${
        figures.counted === 0
          ? nothing
          : html`<figure>
        <celoss-loss-histogram
          .histogram=${figures.histogram}
          .rules=${[
            { value: softmaxFloor, name: names.floorName },
            { value: uniformLoss, name: names.uniformName(classes) },
          ]}
          .names=${{ samples: t.samplesAxis, loss: text.verdict.loss }}
          .label=${t.histogram}
        ></celoss-loss-histogram>
        <figcaption>${t.histogramNote}</figcaption>
      </figure>`
      }
      ${confidence(view)}
      <celoss-sample-table
        .figures=${figures}
        .text=${text}
        .toLesson=${toLesson && !isSoft}
        .isPlain=${!hasWeight && (summary?.labelSmoothing ?? 0) === 0}
      ></celoss-sample-table>
      ${toLesson && isSoft ? html`<p class="hint">${t.softTargets}</p>` : nothing}
      ${figures.confusion && classes <= MOST_CLASSES ? confusion(figures, text) : nothing}
    </section>`;
}

/** A softmax in front is seen here at a glance: right, and never sure. */
function confidence({ batch, figures, text }: BatchView): TemplateResult | typeof nothing {
  const { loss = null, findings = [] } = batch.judgement?.diagnosis ?? {};
  if (!figures?.confidence || loss?.accuracy == null) return nothing;
  const t = text.batch;
  const { mean, most } = figures.confidence;
  const isBehind = findings.some(({ id, proof }) => id === "softmax-in-front" && proof.possible !== true);
  return html`<figure>
    <celoss-confidence-chart
      .confidence=${figures.confidence}
      .limit=${isBehind ? t.limit(tellingFigure(most)) : null}
      .names=${{ right: t.right, wrong: t.wrong, probability: t.probability }}
      .label=${t.confidences}
    ></celoss-confidence-chart>
    <figcaption>${t.sure(percent(loss.accuracy), tellingFigure(mean), isBehind ? tellingFigure(most) : null)}</figcaption>
  </figure>`;
}

/** Rows are labels, columns predictions; what is right lies on the diagonal. */
function confusion({ confusion, classes }: SampleFigures, text: BatchText): TemplateResult {
  const t = text.batch;
  const most = Math.max(1, ...(confusion ?? []));
  const all = Array.from({ length: classes }, (_, index) => index);
  return html`
    <figure class="confusion">
      <div class="tensor-scroll" tabindex="0" role="group" aria-label=${t.confusion}>
        <table>
          <thead>
            <tr><td></td>${all.map((column) => html`<th scope="col" data-class=${column}>${column}</th>`)}</tr>
          </thead>
          <tbody>
            ${all.map(
              (row) =>
                html`<tr><th scope="row">${row}</th>${all.map((column) => {
                  const count = confusion?.[row * classes + column] ?? 0;
                  return html`<td ?data-target=${row === column} .style=${`--size: ${count / most}`}>${number(String(count))}</td>`;
                })}</tr>`,
            )}
          </tbody>
        </table>
      </div>
      <figcaption>${t.confusion}</figcaption>
    </figure>`;
}
