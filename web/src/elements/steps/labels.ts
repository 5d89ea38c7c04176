// Step 8: labels start at 0. Counted from 1 they are an error, or, worse, none.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { send } from "../../state/events.ts";
import { loadGrammar, notLoaded } from "../../state/lesson/late.ts";
import { saidOfMatrix } from "../controls/problems.ts";
import { inline } from "../figures/inline.ts";
import { number } from "../figures/number.ts";
import { ViewElement } from "../view.ts";
import { inputs, step } from "./step.ts";

/** The default of ignore_index: such a sample is left out. */
const IGNORE_INDEX = -100;

/** One whole number, which the field takes by itself. */
const WHOLE = /^\s*[+-]?\d+\s*$/;

export class CelossLabels extends ViewElement {
  static override properties = { ...ViewElement.properties, refused: { state: true } };
  /** What was pasted and is no label for each sample, or could not be read; null: nothing. */
  declare refused: { readonly text: string; readonly got: number | null; readonly isRead: boolean } | null;

  constructor() {
    super();
    this.refused = null;
  }

  protected override render(): TemplateResult {
    const { text, model } = this.view;
    const t = text.labels;
    const { labels, loss, error } = model.counted;
    const shown = loss === null ? null : figure(loss);
    return step(this.view, {
      id: "labels",
      lead: t.lead,
      formulas: ["labels"],
      code: `y = torch.tensor([${labels.join(", ")}])\nloss = nn.CrossEntropyLoss()(x, y)`,
      matrices: this.view.given === "labels" ? inputs(this.view, "labels") : undefined,
      figure: html`
        ${this.#cases()}
        <div class="counted" role="group" aria-label="y">
          <span class="tensor-name">y</span>
          ${labels.map(
            (label, row) => html`
              <input
                type="number"
                inputmode="numeric"
                class="label-input"
                ?readonly=${this.view.state.readonly}
                aria-label=${t.counted(row)}
                aria-invalid=${error?.sample === row ? "true" : "false"}
                .value=${String(label)}
                @paste=${(event: ClipboardEvent) => this.#paste(event, event.clipboardData)}
                @drop=${(event: DragEvent) => this.#paste(event, event.dataTransfer)}
                @change=${(event: Event) => this.#retype(row, event.target as HTMLInputElement)}
              />`,
          )}
        </div>
        <div class="outcome" aria-live="polite">
          ${this.#notPasted()}
          ${error ? html`<p class="torch-error"><code>IndexError: ${error.message}</code></p>` : nothing}
          ${error ? html`<p>${t.refused(error.sample, error.label, error.classes)}</p>` : nothing}
          <p>${this.#meaning(shown)}</p>
        </div>
        ${
          this.#canSubtract && !this.view.state.readonly
            ? html`<p class="try"><button
                type="button"
                @click=${() => send(this, { type: "setCountedLabels", labels: labels.map((label) => label - 1) })}
              >${t.subtract}</button></p>`
            : nothing
        }
        ${shown ? html`<p class="loss-foot"><span class="loss-name">${text.loss}</span><output class="scalar">${number(shown)}</output></p>` : nothing}`,
    });
  }

  get #canSubtract(): boolean {
    return this.view.model.counted.allAtLeastOne;
  }

  #meaning(loss: string | null): string {
    const t = this.view.text.labels;
    const { labels, allAtLeastOne, subtractedLoss, error } = this.view.model.counted;
    if (labels.every((label) => label === IGNORE_INDEX)) return t.allIgnored;
    if (error && error.label < 0) return t.negative;
    if (error && !allAtLeastOne) return t.oneBad;
    if (error) return subtractedLoss === null ? t.stillBad : t.subtracted;
    if (allAtLeastOne && subtractedLoss !== null) return t.silentText(loss ?? "", figure(subtractedLoss));
    return labels.includes(0) ? t.fine(loss ?? "") : t.accepted(loss ?? "");
  }

  /** The two cases of the note's example; they fit three samples. */
  #cases(): TemplateResult | typeof nothing {
    const t = this.view.text.labels;
    const { labels } = this.view.model.counted;
    if (labels.length !== 3) return nothing;
    const cases = [
      { labels: [1, 2, 3], says: t.outOfRange },
      { labels: [1, 2, 2], says: t.silent },
    ];
    return html`
      <div class="cases" role="group" aria-label=${t.cases}>
        <span>${t.cases}</span>
        ${cases.map(
          (item) => html`<button
            type="button"
            aria-pressed=${item.labels.join() === labels.join() ? "true" : "false"}
            @click=${() => send(this, { type: "setCountedLabels", labels: item.labels })}
          ><code>y = (${item.labels.join(", ")})</code> <span>${item.says}</span></button>`,
        )}
      </div>`;
  }

  /** A field for a number would make 21 of "0, 2, 1". */
  async #paste(event: Event, brought: DataTransfer | null): Promise<void> {
    const text = brought?.getData("text/plain") ?? "";
    if (text.trim() === "" || WHOLE.test(text)) return;
    event.preventDefault();
    if (this.view.state.readonly) return;
    await this.#read(text);
  }

  async #read(text: string): Promise<void> {
    const grammar = await loadGrammar().catch(() => null);
    const labels = grammar?.parseLabels(text) ?? null;
    const isFit = labels?.length === this.view.model.samples;
    this.refused = isFit ? null : { text, got: labels?.length ?? null, isRead: grammar !== null };
    if (labels && isFit) send(this, { type: "setCountedLabels", labels });
  }

  #notPasted(): TemplateResult | typeof nothing {
    if (this.refused === null) return nothing;
    const { text: pasted, got, isRead } = this.refused;
    const { text, state, model } = this.view;
    const t = text.labels;
    const says = !isRead
      ? t.notRead(saidOfMatrix(text, state.language, notLoaded().problem))
      : got === null
        ? t.noLabels(pasted)
        : t.count(got, model.samples);
    return html`<p class="message">${inline(says)} ${isRead ? nothing : html`<button type="button" @click=${() => this.#read(pasted)}>${text.late.again}</button>`}</p>`;
  }

  #retype(row: number, input: HTMLInputElement): void {
    this.refused = null;
    const label = Number(input.value);
    const { labels } = this.view.model.counted;
    if (input.value.trim() === "" || !Number.isSafeInteger(label)) input.value = String(labels[row]);
    else send(this, { type: "setCountedLabels", labels: labels.with(row, label) });
  }
}
