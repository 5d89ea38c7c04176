// Two batches side by side: the same one before and after a fix, or two parts of one step. The other one is brought as the
// first was.

import { html, nothing, type TemplateResult } from "lit";
import { percent, signed, tellingFigure } from "../../format/fixed.ts";
import type { Changes, Finding, Means } from "../../lab/diagnosis/types.ts";
import { askToCompare, type Comparing } from "../../state/diagnosis/events.ts";
import { findingWords } from "../../state/diagnosis/finding-words.ts";
import type { Comparison } from "../../state/diagnosis/messages.ts";
import { inline } from "../figures/inline.ts";
import { type BatchView, BatchViewElement } from "./batch-view.ts";
import type { CelossBringBox } from "./bring-box.ts";
import { firstFinding } from "./findings.ts";
import { understoodOf } from "./ledger.ts";
import { sumsAndMeans } from "./parts.ts";
import { progress } from "./progress.ts";
import { questionOfReading, questionOfRoles } from "./question.ts";
import { refusal } from "./refusal.ts";
import { isFront, lossAxis, meanOf } from "./verdict-axis.ts";
import { shapeText } from "./words.ts";

/** So many samples of each kind are shown. */
const MOST = 5;
/** The row of the reduction, which is there where it differs. */
const OPTION = 2;

export class CelossComparison extends BatchViewElement {
  static override properties = {
    ...BatchViewElement.properties,
    other: { attribute: false },
    comparison: { attribute: false },
    removed: { attribute: false },
    slow: { attribute: false },
  };
  /** That of the other batch; null: nothing is compared. */
  declare other: BatchView | null;
  /** null: one of them is not judged yet. */
  declare comparison: Comparison | null;
  /** There was another batch, which can be brought back. */
  declare removed: boolean;
  /** What is being done takes so long that its progress is shown. */
  declare slow: boolean;

  constructor() {
    super();
    this.other = null;
    this.comparison = null;
    this.removed = false;
    this.slow = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.other === null ? this.#offer() : this.#compared(this.other);
  }

  #offer(): TemplateResult | typeof nothing {
    const { batch, text, page } = this.view;
    const t = text.comparison;
    if (page.state.readonly || batch.judgement === null) return nothing;
    return html`
      <p class="try">
        ${this.#button(t.begin, "begin")}
        ${this.removed ? this.#button(t.restore, "restore") : html`<span>${t.about}</span>`}
      </p>`;
  }

  #button(name: string, what: Comparing): TemplateResult {
    return html`<button type="button" @click=${() => askToCompare(this, what)}>${name}</button>`;
  }

  #compared(after: BatchView): TemplateResult {
    const { text, page } = this.view;
    const t = text.comparison;
    const { batch } = after;
    const { reading } = batch;
    const isThere = this.view.batch.judgement !== null && batch.judgement !== null;
    return html`
      <section class="comparison" aria-labelledby="comparison-name">
        <h3 id="comparison-name">${t.name}</h3>
        <celoss-bring-box .view=${after}></celoss-bring-box>
        ${progress(after, this.slow)}
        ${reading?.kind === "refused" ? refusal(after, reading.refusal, this.#box) : nothing}
        ${reading?.kind === "question" ? questionOfReading(after, reading) : nothing}
        ${batch.ways.length > 0 ? questionOfRoles(after, batch.ways) : nothing}
        ${
          understoodOf(after) === null
            ? nothing
            : html`<details class="comparison-ledger"><summary>${t.read}</summary><celoss-ledger .view=${after}></celoss-ledger></details>`
        }
        ${isThere ? this.#result(after) : nothing}
        ${
          page.state.readonly
            ? nothing
            : html`<p class="buttons">${isThere ? this.#button(t.swap, "swap") : nothing} ${this.#button(t.remove, "remove")}</p>`
        }
      </section>`;
  }

  readonly #box = (): CelossBringBox | null => this.querySelector<CelossBringBox>("celoss-bring-box");

  #result(after: BatchView): TemplateResult {
    const { text } = this.view;
    const t = text.comparison;
    const { comparison } = this;
    const side = (name: string, view: BatchView) => html`
      <div class="one-side">
        <h4>${name}</h4>
        <p class="side-verdict">${inline(this.#words(firstFinding(view)).verdict)}</p>
      </div>`;
    return html`
      <div class="sides">${side(t.before, this.view)} ${side(t.after, after)}</div>
      ${this.#axis(after)}
      ${this.#numbers(after)}
      ${this.#findings(after)}
      ${comparison === null ? nothing : this.#samples(after, comparison)}
      ${comparison?.means ? this.#means(comparison.means) : nothing}`;
  }

  #words(finding: Finding) {
    return findingWords(finding, this.view.page.state.language);
  }

  #axis(after: BatchView): TemplateResult | typeof nothing {
    const [was, is] = [meanOf(this.view), meanOf(after)];
    if (was === null || is === null || this.view.figures?.classes !== after.figures?.classes) return nothing;
    const t = this.view.text.comparison;
    const [before, now] = [firstFinding(this.view), firstFinding(after)];
    const marks = [
      { value: was, name: t.before, front: isFront(before) },
      { value: is, name: t.after, front: isFront(now) },
    ];
    const label = t.axis(tellingFigure(was), tellingFigure(is));
    return lossAxis(after, isFront(before) ? before : now, marks, label);
  }

  /** What is known of both, side by side; what is the same steps back. */
  #numbers(after: BatchView): TemplateResult {
    const { text } = this.view;
    const t = text.comparison;
    const known = ({ batch }: BatchView): readonly (string | null)[] => {
      const { loss = null, read } = batch.judgement?.diagnosis ?? {};
      const { logits = null, target = null } = read ?? {};
      const around = loss && loss.plusMinus > 0 ? ` ± ${tellingFigure(loss.plusMinus)}` : "";
      return [
        loss && `${tellingFigure(loss.value)}${around}`,
        loss && loss.accuracy !== null && Number.isFinite(loss.accuracy) ? percent(loss.accuracy) : null,
        loss?.reduction ?? null,
        loss && loss.divisor !== null && loss.reduction === "mean" ? String(loss.divisor) : null,
        logits && `${shapeText(logits.shape)} ${logits.dtype}`,
        target && `${shapeText(target.shape)} ${target.dtype}`,
      ];
    };
    const [before, now] = [known(this.view), known(after)];
    const { roles } = text.ledger;
    const names = [
      text.verdict.loss,
      text.ledger.accuracy,
      html`<code>reduction</code>`,
      t.divisor,
      roles.logits,
      roles.target,
    ];
    return html`
      <table class="side-numbers">
        <thead><tr><td></td><th scope="col">${t.before}</th><th scope="col">${t.after}</th></tr></thead>
        <tbody>
          ${names.map((name, row) => {
            const [from, to] = [before[row] ?? null, now[row] ?? null];
            if ((from === null && to === null) || (row === OPTION && from === to)) return nothing;
            return html`<tr ?data-same=${from === to}><th scope="row">${name}</th><td>${from ?? "–"}</td><td>${to ?? "–"}</td></tr>`;
          })}
        </tbody>
      </table>`;
  }

  /** Which findings are gone, new, and still there. */
  #findings(after: BatchView): TemplateResult | typeof nothing {
    const t = this.view.text.comparison;
    const of = ({ batch }: BatchView) => batch.judgement?.diagnosis.findings ?? [];
    const without = (some: readonly Finding[], others: readonly Finding[]) =>
      some.filter(({ id }) => !others.some((other) => other.id === id));
    const [before, now] = [of(this.view), of(after)];
    const gone = without(before, now);
    const lists = [
      { name: t.gone, findings: gone },
      { name: t.fresh, findings: without(now, before) },
      { name: t.still, findings: without(now, without(now, before)) },
    ].filter(({ findings }) => findings.length > 0);
    if (lists.length === 0) return nothing;
    return html`
      <dl class="side-findings">
        ${lists.map(({ name, findings }) => html`<div><dt>${name}</dt>${findings.map((finding) => html`<dd>${inline(this.#words(finding).title)}</dd>`)}</div>`)}
      </dl>`;
  }

  #samples(after: BatchView, { changes, otherLabels }: Comparison): TemplateResult | typeof nothing {
    const { figures, text, batch } = this.view;
    const t = text.comparison;
    if (figures === null || after.figures === null) return nothing;
    if (changes === null) {
      const shape = ({ judgement }: BatchView["batch"]) => shapeText(judgement?.diagnosis.read.target?.shape ?? []);
      return html`<p class="side-sentence">${t.otherShapes(shape(batch), shape(after.batch))}</p>`;
    }
    const { order, fell, rose } = changes;
    const all = order.length.toLocaleString("en");
    const some = (count: number) => count.toLocaleString("en");
    return html`
      <p class="side-sentence">${fell + rose === 0 ? t.noChange(all) : t.changed(all, some(fell), some(rose))}</p>
      ${otherLabels === 0 ? nothing : html`<p class="side-sentence">${t.otherLabels(some(otherLabels), all)}</p>`}
      ${fell === 0 ? nothing : this.#table(t.fell, Array.from(order.subarray(-Math.min(MOST, fell))).reverse(), changes, after)}
      ${rose === 0 ? nothing : this.#table(t.rose, Array.from(order.subarray(0, Math.min(MOST, rose))), changes, after)}`;
  }

  #table(name: string, samples: readonly number[], { changes }: Changes, after: BatchView): TemplateResult {
    const { text, figures } = this.view;
    const t = text.comparison;
    const number = (value: number | undefined) => tellingFigure(value ?? Number.NaN);
    return html`
      <div class="tensor-scroll" tabindex="0" role="group" aria-label=${name}><table class="side-samples">
        <caption>${name}</caption>
        <thead>
          <tr>${[text.batch.sample, text.batch.label, t.before, t.after, t.change].map((head) => html`<th scope="col">${head}</th>`)}</tr>
        </thead>
        <tbody>
          ${samples.map((sample) => {
            const change = changes[sample] ?? 0;
            return html`<tr>
              <th scope="row">${sample}</th>
              <td>${after.figures?.labels[sample]}</td>
              <td>${number(figures?.losses[sample])}</td>
              <td>${number(after.figures?.losses[sample])}</td>
              <td>${signed(change)}</td>
            </tr>`;
          })}
        </tbody>
      </table></div>`;
  }

  #means(means: Means): TemplateResult {
    const { comparison: t } = this.view.text;
    return html`<div><h4>${t.asParts}</h4>${sumsAndMeans(this.view, means)}</div>`;
  }

  /** To its box, where the other batch is brought. */
  override focus(): void {
    this.querySelector<HTMLElement>("textarea, button")?.focus();
  }
}
