// The chapter: the box, what was read of it, the verdict, and the batch. It holds the chapter's store, and the engine's host.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { batchTexts } from "../../i18n/batch/index.ts";
import { act, listen } from "../../state/diagnosis/events.ts";
import { findingWords } from "../../state/diagnosis/finding-words.ts";
import { hostEngine } from "../../state/diagnosis/host.ts";
import { openSamples } from "../../state/diagnosis/lesson.ts";
import { settingsOf } from "../../state/diagnosis/settings.ts";
import { BatchStore } from "../../state/diagnosis/store.ts";
import { send } from "../../state/events.ts";
import type { BatchSettings } from "../../state/parameters.ts";
import { ViewElement } from "../view.ts";
import { batchFigures } from "./batch-figures.ts";
import type { BatchView } from "./batch-view.ts";
import type { CelossBringBox } from "./bring-box.ts";
import { understoodOf } from "./ledger.ts";
import { questionOfReading, questionOfRoles } from "./question.ts";
import { refusal } from "./refusal.ts";

export class CelossBatchChapter extends ViewElement {
  static override properties = { ...ViewElement.properties, slow: { state: true }, brought: { attribute: false } };
  /** What was pasted elsewhere on the page. */
  declare brought: { readonly text: string } | null;
  /** What is being done takes so long that its progress is shown. */
  declare slow: boolean;

  readonly #store = new BatchStore(
    hostEngine,
    () => this.#changed(),
    (lesson, samples) => {
      const action = openSamples(lesson, samples, this.view.state);
      if (action) send(this, action);
    },
  );
  #view: BatchView | null = null;
  /** What is said beside the batch: as the page had it last, and as it was told last. */
  #had: BatchSettings = {};
  #told: BatchSettings = {};
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.slow = false;
    this.brought = null;
    listen(this, (action) => this.#store.dispatch(action));
    this.addEventListener("keydown", this.#press);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeunload", this.#beforeLeaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeunload", this.#beforeLeaving);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const { batch: settings } = this.view.state;
    if (settings !== this.#had) {
      this.#had = settings;
      if (!isSame(settings, this.#told)) this.#store.dispatch({ type: "open", settings });
    }
    const { state: batch, figures } = this.#store;
    const text = batchTexts[this.view.state.language];
    const before = this.#view;
    if (before?.batch === batch && before.text === text && before.page === this.view) return;
    this.#view = { batch, figures, text, page: this.view };
  }

  protected override render(): TemplateResult {
    const view = this.#view as BatchView;
    const { batch, text } = view;
    const { reading } = batch;
    return html`
      <div class="bring-and-script">
        <celoss-bring-box .view=${view}></celoss-bring-box>
        <celoss-script-lines .view=${view}></celoss-script-lines>
      </div>
      ${this.#progress(view)}
      ${reading?.kind === "refused" ? refusal(view, reading.refusal, this.#box) : nothing}
      ${reading?.kind === "question" ? questionOfReading(view, reading) : nothing}
      ${batch.ways.length > 0 ? questionOfRoles(view, batch.ways) : nothing}
      <div class="read-and-judged">
        <celoss-findings .view=${view}></celoss-findings>
        ${reading === null || understoodOf(view) ? html`<celoss-ledger .view=${view}></celoss-ledger>` : nothing}
      </div>
      ${batchFigures(view)}
      <p class="off-screen" role="status">${this.#spoken(view)}</p>
      ${batch.failure === null ? nothing : html`<p class="refusal">${text.progress.failed}<code><bdi>${batch.failure}</bdi></code></p>`}`;
  }

  /** From 300 ms on: what is done, how far it is, and a way to give it up. */
  #progress({ batch, text }: BatchView): TemplateResult | typeof nothing {
    const t = text.progress;
    if (batch.stopped) {
      return html`<p class="try"><span>${t.stopped}</span> <button type="button" @click=${() => act(this, { type: "again" })}>${t.again}</button></p>`;
    }
    if (batch.phase === "idle" || !this.slow) return nothing;
    const percent = Math.floor(batch.done * 100);
    const name = t[batch.phase](percent);
    return html`
      <div class="batch-progress">
        <progress max="1" value=${batch.done} aria-label=${name}></progress>
        <span aria-hidden="true">${name}</span>
        <button type="button" @click=${() => act(this, { type: "stop" })}>${t.stop}</button>
      </div>`;
  }

  /** What a screen reader hears once it is there. */
  #spoken({ batch, text, page }: BatchView): string {
    if (batch.phase !== "idle") return "";
    if (batch.reading?.kind === "refused") return text.ledger.refused;
    if (batch.reading?.kind === "question" && batch.said.way === null) return text.ledger.question;
    const diagnosis = batch.judgement?.diagnosis;
    if (diagnosis === undefined) return "";
    const finding = diagnosis.findings.find(({ id }) => id === diagnosis.verdict);
    return finding ? findingWords(finding, page.state.language).verdict : "";
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("brought") || this.brought === null) return;
    this.#store.dispatch({ type: "bringText", text: this.brought.text, edit: false });
  }

  readonly #box = (): CelossBringBox | null => this.querySelector<CelossBringBox>("celoss-bring-box");

  #changed(): void {
    this.requestUpdate();
    const busy = this.#store.state.phase !== "idle";
    if (!busy) {
      clearTimeout(this.#waiting);
      this.#waiting = undefined;
      this.slow = false;
      this.#tell();
    } else
      this.#waiting ??= setTimeout(() => {
        this.slow = true;
      }, PATIENCE);
  }

  /** What is said beside the batch is in the page's address. */
  #tell(): void {
    const settings = settingsOf(this.#store.state);
    if (isSame(settings, this.#told)) return;
    this.#told = settings;
    send(this, { type: "setBatch", batch: settings });
  }

  /** Undo and redo of what was corrected. */
  readonly #press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    act(this, { type: event.shiftKey || key === "y" ? "redo" : "undo" });
  };

  /** Nothing is stored, so the browser asks before a batch is lost. */
  readonly #beforeLeaving = (event: BeforeUnloadEvent): void => {
    if (this.#store.state.brought !== null) event.preventDefault();
  };
}

const isSame = (a: BatchSettings, b: BatchSettings): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What takes less shows no progress, in milliseconds. */
const PATIENCE = 300;
