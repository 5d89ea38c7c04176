// Several batches as the parts of one step, whose gradients are accumulated: the mean of all beside the mean of their means.

import { html, nothing, type TemplateResult } from "lit";
import { tellingFigure } from "../../format/fixed.ts";
import type { Means } from "../../lab/diagnosis/types.ts";
import { askToCompare } from "../../state/diagnosis/events.ts";
import { findingWords } from "../../state/diagnosis/finding-words.ts";
import { inline } from "../figures/inline.ts";
import type { BatchView } from "./batch-view.ts";

/** Files that are batches by themselves. */
export function partsOfStep(view: BatchView): TemplateResult | typeof nothing {
  const { batch, text, page } = view;
  if (batch.parts === null) return nothing;
  const t = text.parts;
  const { parts, means } = batch.parts;
  return html`
    <section class="parts" aria-labelledby="parts-name">
      <h3 id="parts-name">${t.name(parts.length)}</h3>
      <table class="side-numbers">
        <thead><tr><td></td><th scope="col">${text.verdict.loss}</th><th scope="col">${text.comparison.divisor}</th></tr></thead>
        <tbody>
          ${parts.map(
            ({ name, loss, plusMinus, divisor }) => html`<tr>
              <th scope="row"><bdi>${name}</bdi></th>
              <td>${tellingFigure(loss)}${plusMinus > 0 ? ` ± ${tellingFigure(plusMinus)}` : nothing}</td>
              <td>${divisor}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${sumsAndMeans(view, means)}
      ${
        parts.length === 2 && !page.state.readonly
          ? html`<p class="buttons"><button type="button" @click=${({ target }: Event) => askToCompare(target as Element, "split")}>${text.comparison.split}</button></p>`
          : nothing
      }
    </section>`;
}

/** The two means with what they are divided by, in words. */
export function sumsAndMeans({ text, page }: BatchView, means: Means): TemplateResult {
  const { mean, divisor, groups, emptyGroups, leastDivisor, greatestDivisor } = means;
  if (emptyGroups === 0 && leastDivisor === greatestDivisor) {
    return html`<p class="side-sentence">${inline(text.parts.same(groups, String(leastDivisor), `\`${tellingFigure(mean)}\``, String(divisor)))}</p>`;
  }
  const finding = { id: "mean-of-means", severity: "info", where: null, proof: { ...means }, fixedLoss: null } as const;
  const { verdict, why, proof } = findingWords(finding, page.state.language);
  return html`
    <p class="side-sentence">${inline(verdict)}</p>
    <ul class="proof">${proof.map((line) => html`<li>${inline(line)}</li>`)}</ul>
    <p class="side-sentence">${inline(why)}</p>`;
}
