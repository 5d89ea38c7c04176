// The batch as a whole: how its losses lie, its samples with the worst first, and which classes are taken for which.

import { html, nothing, type TemplateResult } from "lit";
import type { BatchText } from "../../i18n/batch/index.ts";
import type { SampleFigures } from "../../state/diagnosis/messages.ts";
import { number } from "../figures/number.ts";
import type { BatchView } from "./batch-view.ts";

/** More classes than this are no figure that one could read. */
const MOST_CLASSES = 12;

export function batchFigures({ figures, text, page }: BatchView): TemplateResult | typeof nothing {
  if (figures === null || figures.order.length === 0) return nothing;
  const t = text.batch;
  const { softmaxFloor, uniformLoss, classes } = figures;
  const names = page.text.lesson;
  return html`
    <section class="batch-figures" aria-labelledby="batch-figures-name">
      <h3 id="batch-figures-name">${t.name(figures.order.length.toLocaleString("en"))}</h3>
      <figure>
        <celoss-loss-histogram
          .histogram=${figures.histogram}
          .rules=${[
            { value: softmaxFloor, name: names.floorName },
            { value: uniformLoss, name: names.uniformName(classes) },
          ]}
          .label=${t.histogram}
        ></celoss-loss-histogram>
        <figcaption>${t.histogram}. ${t.histogramNote}</figcaption>
      </figure>
      <celoss-sample-table
        .figures=${figures}
        .text=${text}
        .toLesson=${page.state.steps.includes("data") && !page.state.readonly}
      ></celoss-sample-table>
      ${figures.confusion && classes <= MOST_CLASSES ? confusion(figures, text) : nothing}
    </section>`;
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
