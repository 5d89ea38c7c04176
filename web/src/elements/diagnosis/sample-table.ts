// The samples of a batch, the worst first. Of its rows those in sight are there, however many there are. Up to eight of them
// can be chosen for the lesson.

import { VirtualizerController } from "@tanstack/lit-virtual";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { tellingFigure } from "../../format/fixed.ts";
import type { BatchText } from "../../i18n/batch/index.ts";
import { act } from "../../state/diagnosis/events.ts";
import type { SampleFigures } from "../../state/diagnosis/messages.ts";
import { LESSON_COLUMNS, LESSON_SAMPLES } from "../../state/diagnosis/state.ts";
import { inline } from "../figures/inline.ts";
import { InnerElement, plain } from "../inner-element.ts";

/** In pixels; a finger needs more. */
const ROW = matchMedia("(pointer: coarse)").matches ? 44 : 34;
/** How far a key goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

export class CelossSampleTable extends InnerElement {
  static override properties = {
    figures: { attribute: false },
    text: plain,
    toLesson: plain,
    isPlain: plain,
    chosen: { state: true },
    current: { state: true },
  };
  declare figures: SampleFigures;
  declare text: BatchText;
  /** The lesson is there, and can show these samples. */
  declare toLesson: boolean;
  /** There is neither a weight nor label_smoothing, which the lesson does not have. */
  declare isPlain: boolean;
  /** Samples, as they were chosen. */
  declare chosen: readonly number[];
  /** The row whose box the Tab key reaches; arrows go on from there. It stays, wherever it is scrolled to. */
  declare current: number;

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

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("figures")) return;
    this.chosen = [];
    this.current = 0;
  }

  protected override render(): TemplateResult {
    const { order } = this.figures;
    const t = this.text.batch;
    const rows = this.#rows.getVirtualizer();
    if (rows.options.count !== order.length) rows.setOptions({ ...rows.options, count: order.length });
    const inSight = rows.getVirtualItems().map(({ index }) => index);
    const head = [t.sample, t.label, t.prediction, t.confidence, this.text.verdict.loss];
    return html`
      <div class="samples" .style=${`--row: ${ROW}px`} role="table" aria-label=${t.samples} aria-rowcount=${order.length + 1}>
        <div role="rowgroup"><div class="sample-row sample-head" role="row">${head.map((name) => html`<span role="columnheader">${name}</span>`)}</div></div>
        <div class="samples-scroll" role="rowgroup" tabindex=${this.toLesson ? "-1" : "0"} @keydown=${this.#walk}>
          <div class="samples-all" .style=${`height: ${rows.getTotalSize()}px`}>
            ${inSight.filter((index) => index < this.current).map((index) => this.#row(index))}
            ${this.#row(this.current)}
            ${inSight.filter((index) => index > this.current).map((index) => this.#row(index))}
          </div>
        </div>
      </div>
      ${this.#without()} ${this.toLesson ? this.#choice() : nothing}`;
  }

  /** A row of its own place: only those in sight are there. */
  #row(index: number): TemplateResult {
    const { order, counted, labels, predictions, confidences, losses, correct } = this.figures;
    const t = this.text.batch;
    const sample = order[index] ?? 0;
    const loss = losses[sample] ?? Number.NaN;
    const hasLoss = index < counted;
    const size = Math.max(0, loss / this.#largest);
    return html`
      <div
        class="sample-row"
        role="row"
        aria-rowindex=${index + 2}
        ?data-apart=${!hasLoss}
        ?data-first-apart=${index === counted && counted > 0}
        .style=${`transform: translateY(${index * ROW}px)`}
      >
        <span role="cell">${this.toLesson && hasLoss ? this.#box(index, sample) : sample}</span>
        <span role="cell">${labels[sample]}</span>
        <span role="cell" ?data-wrong=${hasLoss && correct[sample] === 0}>${predictions[sample]}</span>
        <span role="cell">${tellingFigure(confidences[sample] ?? Number.NaN)}</span>
        ${
          hasLoss
            ? html`<span role="cell" class="sample-loss" .style=${`--size: ${Number.isFinite(size) ? size : 1}`}>${tellingFigure(loss)}</span>`
            : html`<span role="cell">${Number.isNaN(loss) ? t.noClass : t.ignored}</span>`
        }
      </div>`;
  }

  #box(index: number, sample: number): TemplateResult {
    const chosen = this.chosen.includes(sample);
    const full = !chosen && this.chosen.length === LESSON_SAMPLES;
    return html`<label class="sample-choice"
      ><input
        type="checkbox"
        aria-label=${this.text.batch.choose(sample)}
        tabindex=${index === this.current ? 0 : -1}
        aria-disabled=${full}
        .checked=${chosen}
        @change=${({ target }: Event) => {
          // What it shows is what is drawn next, and then it may be the box of another row.
          (target as HTMLInputElement).checked = chosen;
          if (!full) this.chosen = chosen ? this.chosen.filter((other) => other !== sample) : [...this.chosen, sample];
          this.#goTo(index);
        }}
      /><span>${sample}</span></label
    >`;
  }

  /** Why some have no loss. */
  #without(): TemplateResult | typeof nothing {
    const { order, counted, losses, classes } = this.figures;
    const left = Array.from(order.subarray(counted));
    if (left.length === 0) return nothing;
    const noClass = left.filter((sample) => Number.isNaN(losses[sample])).length;
    return html`<p class="hint">${this.text.batch.without(noClass, left.length - noClass, classes)}</p>`;
  }

  #choice(): TemplateResult | typeof nothing {
    const { order, counted, classes } = this.figures;
    const t = this.text.batch;
    const { chosen } = this;
    const taken = chosen.length > 0 ? chosen : Array.from(order.subarray(0, Math.min(LESSON_SAMPLES, counted)));
    if (taken.length === 0) return nothing;
    return html`
      <div class="samples-chosen">
        <p role="status">${t.chosen(chosen, LESSON_SAMPLES)}</p>
        ${chosen.length === 0 ? nothing : html`<button type="button" class="link" @click=${this.#chooseNone}>${t.chooseNone}</button>`}
        <a class="to-lesson" href="#data" @click=${() => act(this, { type: "toLesson", samples: taken })}>${chosen.length > 0 ? t.take(taken.length) : t.worst(taken.length)}</a>
      </div>
      <p class="hint">${inline(t.inLesson(classes > LESSON_COLUMNS ? LESSON_COLUMNS : null, this.isPlain))}</p>`;
  }

  readonly #chooseNone = (): void => {
    this.chosen = [];
    this.#goTo(this.current);
  };

  readonly #walk = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || !this.toLesson || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#goTo(Math.max(0, Math.min(this.figures.counted - 1, this.current + step)));
  };

  /** The box is the same element in every row: given the focus anew, it is scrolled to and read out. */
  async #goTo(index: number): Promise<void> {
    const moved = index !== this.current;
    this.current = index;
    await this.updateComplete;
    const box = this.querySelector<HTMLElement>('.sample-choice input[tabindex="0"]');
    if (moved) box?.blur();
    box?.focus();
  }
}
