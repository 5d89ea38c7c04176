// The samples of a batch, the worst first. Of its rows those in sight are there, however many there are.

import { type VirtualItem, VirtualizerController } from "@tanstack/lit-virtual";
import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import type { BatchText } from "../../i18n/batch/index.ts";
import { act } from "../../state/diagnosis/events.ts";
import type { SampleFigures } from "../../state/diagnosis/messages.ts";
import { InnerElement, plain } from "../inner-element.ts";

/** In pixels, as in batch.css. */
const ROW = 34;
/** The lesson has room for so many. */
const MOST = 8;

export class CelossSampleTable extends InnerElement {
  static override properties = { figures: { attribute: false }, text: plain, toLesson: plain };
  declare figures: SampleFigures;
  declare text: BatchText;
  /** The lesson is there to show a sample in. */
  declare toLesson: boolean;

  readonly #rows = new VirtualizerController<HTMLElement, HTMLElement>(this, {
    count: 0,
    getScrollElement: () => this.querySelector<HTMLElement>(".samples-scroll"),
    estimateSize: () => ROW,
    overscan: 8,
  });

  /** The largest finite loss, to which the bars are drawn. */
  get #largest(): number {
    const { order, losses } = this.figures;
    return losses[order.find((sample) => Number.isFinite(losses[sample])) ?? 0] ?? 1;
  }

  protected override render(): TemplateResult {
    const { order } = this.figures;
    const t = this.text.batch;
    const rows = this.#rows.getVirtualizer();
    if (rows.options.count !== order.length) rows.setOptions({ ...rows.options, count: order.length });
    const head = [t.sample, t.label, t.prediction, t.confidence, this.text.verdict.loss];
    return html`
      <div class="samples" role="table" aria-label=${t.samples} aria-rowcount=${order.length + 1}>
        <div role="rowgroup"><div class="sample-row sample-head" role="row">${head.map((name) => html`<span role="columnheader">${name}</span>`)}</div></div>
        <div class="samples-scroll" role="rowgroup" tabindex="0">
          <div class="samples-all" .style=${`height: ${rows.getTotalSize()}px`}>
            ${rows.getVirtualItems().map((item) => this.#row(item))}
          </div>
        </div>
      </div>
      ${
        this.toLesson
          ? html`<p class="hint"><a href="#data" @click=${() => this.#take(Array.from(order.slice(0, MOST)))}>${t.worst(Math.min(MOST, order.length))}</a></p>`
          : nothing
      }`;
  }

  /** A row of its own place: only those in sight are there. */
  #row({ index, start }: VirtualItem): TemplateResult {
    const { order, labels, predictions, confidences, losses, correct } = this.figures;
    const sample = order[index] ?? 0;
    const loss = losses[sample] ?? Number.NaN;
    const name = this.toLesson
      ? html`<a href="#data" title=${this.text.batch.take} @click=${() => this.#take([sample])}>${sample}</a>`
      : html`${sample}`;
    const size = Math.max(0, loss / this.#largest);
    return html`
      <div class="sample-row" role="row" aria-rowindex=${index + 2} .style=${`transform: translateY(${start}px)`}>
        <span role="cell">${name}</span>
        <span role="cell">${labels[sample]}</span>
        <span role="cell" ?data-wrong=${correct[sample] === 0}>${predictions[sample]}</span>
        <span role="cell">${figure(confidences[sample] ?? Number.NaN)}</span>
        <span role="cell" class="sample-loss" .style=${`--size: ${Number.isFinite(size) ? size : 1}`}>${figure(loss)}</span>
      </div>`;
  }

  #take(samples: readonly number[]): void {
    act(this, { type: "toLesson", samples });
  }
}
