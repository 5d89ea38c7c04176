// The chapter: the box, what was read of it, the verdict, and the batch. It holds the chapter's stores, and the host of
// the engine.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { batchTexts } from "../../i18n/batch/index.ts";
import type { BatchAction } from "../../state/diagnosis/actions.ts";
import { act, type Comparing, listen, listenToCompare } from "../../state/diagnosis/events.ts";
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
import type { CelossComparison } from "./comparison.ts";
import { understoodOf } from "./ledger.ts";
import { partsOfStep } from "./parts.ts";
import { progress } from "./progress.ts";
import { questionOfReading, questionOfRoles } from "./question.ts";
import { refusal } from "./refusal.ts";

export class CelossBatchChapter extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    slow: { state: true },
    compared: { state: true },
    brought: { attribute: false },
  };
  /** What was pasted elsewhere on the page. */
  declare brought: { readonly text: string } | null;
  /** What is being done takes so long that its progress is shown. */
  declare slow: boolean;
  /** Another batch stands beside the first, or its box does. */
  declare compared: boolean;

  #store = this.#newStore();
  /** That of the batch that it is compared with; null: with none yet. */
  #other: BatchStore | null = null;
  #view: BatchView | null = null;
  #otherView: BatchView | null = null;
  /** What is said beside the batch: as the page had it last, and as it was told last. */
  #had: BatchSettings = {};
  #told: BatchSettings = {};
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.slow = false;
    this.compared = false;
    this.brought = null;
    listen(this, (action) => this.#store.dispatch(action));
    listenToCompare(this, (what) => this.#compare(what));
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
    this.#view = this.#viewOf(this.#store, this.#view);
    this.#otherView = this.#other && this.#viewOf(this.#other, this.#otherView);
  }

  /** The same object while nothing in it changes. */
  #viewOf(store: BatchStore, before: BatchView | null): BatchView {
    const { state: batch, figures } = store;
    const text = batchTexts[this.view.state.language];
    if (before?.batch === batch && before.text === text && before.page === this.view) return before;
    return { batch, figures, text, second: store === this.#other, page: this.view };
  }

  #newStore(): BatchStore {
    return new BatchStore(
      hostEngine,
      () => this.#changed(),
      (lesson, samples) => {
        const action = openSamples(lesson, samples, this.view.state);
        if (action) send(this, action);
      },
    );
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
      ${progress(view, this.slow)}
      ${reading?.kind === "refused" ? refusal(view, reading.refusal, this.#box) : nothing}
      ${reading?.kind === "question" ? questionOfReading(view, reading) : nothing}
      ${batch.ways.length > 0 ? questionOfRoles(view, batch.ways) : nothing}
      <div class="read-and-judged">
        <celoss-findings .view=${view}></celoss-findings>
        ${reading === null || understoodOf(view) ? html`<celoss-ledger .view=${view}></celoss-ledger>` : nothing}
      </div>
      ${partsOfStep(view)}
      ${batchFigures(view)}
      <celoss-comparison
        .view=${view}
        .other=${this.compared ? this.#otherView : null}
        .comparison=${this.compared ? (this.#other?.comparedWith(this.#store) ?? null) : null}
        .removed=${!this.compared && this.#other !== null}
        .slow=${this.slow}
      ></celoss-comparison>
      <p class="off-screen" role="status">${this.#spoken(view, this.compared ? this.#otherView : null)}</p>
      ${batch.failure === null ? nothing : html`<p class="refusal">${text.progress.failed}<code><bdi>${batch.failure}</bdi></code></p>`}`;
  }

  /** What a screen reader hears once it is there. */
  #spoken({ batch, text, page }: BatchView, other: BatchView | null): string {
    if (batch.phase !== "idle") return "";
    if (other?.batch.phase === "idle" && other.batch.brought !== null) {
      const verdict = this.#spoken(other, null);
      return other.batch.judgement === null
        ? verdict
        : text.comparison.spoken(this.#spoken(this.#view as BatchView, null), verdict);
    }
    if (batch.reading?.kind === "refused") return text.ledger.refused;
    if (batch.reading?.kind === "question" && batch.said.way === null) return text.ledger.question;
    const diagnosis = batch.judgement?.diagnosis;
    if (diagnosis === undefined) return "";
    const finding = diagnosis.findings.find(({ id }) => id === diagnosis.verdict);
    return finding ? findingWords(finding, page.state.language).verdict : "";
  }

  protected override firstUpdated(): void {
    const comparison = this.querySelector("celoss-comparison");
    if (comparison) listen(comparison, (action) => this.#actOnOther(action));
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("brought") || this.brought === null) return;
    this.#store.dispatch({ type: "bringText", text: this.brought.text, edit: false });
  }

  readonly #box = (): CelossBringBox | null => this.querySelector<CelossBringBox>("celoss-bring-box");

  #changed(): void {
    this.requestUpdate();
    const busy = [this.#store, this.#other].some((store) => store && store.state.phase !== "idle");
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

  #compare(what: Comparing): void {
    if (what === "swap" && this.#other) {
      [this.#store, this.#other] = [this.#other, this.#store];
      [this.#view, this.#otherView] = [null, null];
      this.#tell();
      this.requestUpdate();
      return;
    }
    if (what === "begin" || what === "split") {
      const [first, second] = this.#store.files;
      this.#other ??= this.#newStore();
      this.#other.dispatch({ type: "bringText", text: "", edit: false });
      if (what === "split" && first && second) {
        this.#actOnOther({ type: "bringFiles", files: [second] });
        this.#store.dispatch({ type: "bringFiles", files: [first] });
      }
    }
    this.compared = what !== "remove";
    this.updateComplete.then(async () => {
      const comparison = this.querySelector<CelossComparison>("celoss-comparison");
      await comparison?.updateComplete;
      comparison?.focus();
    });
  }

  /** The other batch is judged with the options of the first, unless something else is said of it. */
  #actOnOther(action: BatchAction): void {
    const isNew =
      action.type === "bringFiles" || (action.type === "bringText" && !(action.edit && this.#other?.state.brought));
    this.#other?.dispatch(action);
    if (!isNew) return;
    const { loss: _, accuracy: __, classes: ___, ...settings } = settingsOf({ ...this.#store.state, judgement: null });
    this.#other?.dispatch({ type: "open", settings });
  }

  /** Undo and redo of what was corrected. */
  readonly #press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    act(event.target as Element, { type: event.shiftKey || key === "y" ? "redo" : "undo" });
  };

  /** Nothing is stored, so the browser asks before a batch is lost. */
  readonly #beforeLeaving = (event: BeforeUnloadEvent): void => {
    if ([this.#store, this.#other].some((store) => store && store.state.brought !== null)) event.preventDefault();
  };
}

const isSame = (a: BatchSettings, b: BatchSettings): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What takes less shows no progress, in milliseconds. */
const PATIENCE = 300;
