// What was read, at once: which tensor is what, and everything that was taken for granted, each in its line and to be
// corrected there.

import { html, nothing, type TemplateResult } from "lit";
import { noticeText } from "../../i18n/read/said.ts";
import type { Assumption, Corrections } from "../../read/batch.ts";
import type { Rounded } from "../../read/types.ts";
import { act } from "../../state/diagnosis/events.ts";
import {
  readAccuracy,
  readFraction,
  readLoss,
  readNumbers,
  readWhole,
  writeRounded,
} from "../../state/diagnosis/fields.ts";
import type { TensorSummary, UnderstoodSummary } from "../../state/diagnosis/messages.ts";
import { readText } from "../../state/lesson/late.ts";
import { spent } from "../controls/spent-button.ts";
import { inline } from "../figures/inline.ts";
import { type BatchView, BatchViewElement, idOf } from "./batch-view.ts";
import { field, line } from "./field.ts";
import { shapeText } from "./words.ts";

const OPTIONS = ["reduction", "ignoreIndex", "labelSmoothing"] as const;
const REDUCTIONS = ["mean", "sum", "none"] as const;
/** PyTorch's ignore_index. */
const IGNORE_INDEX = -100;

export class CelossLedger extends BatchViewElement {
  protected override render(): TemplateResult {
    const { text, batch, page } = this.view;
    const t = text.ledger;
    const understood = understoodOf(this.view);
    return html`
      <section class="ledger" aria-labelledby=${idOf(this.view, "ledger-name")}>
        <h3 id=${idOf(this.view, "ledger-name")}>${batch.brought === null ? t.numbersAlone : t.name}</h3>
        ${understood?.error ? html`<pre class="torch-error" tabindex="0" role="group" aria-label=${t.error}><code>${understood.error}</code></pre>` : nothing}
        <fieldset class="ledger-lines" ?disabled=${page.state.readonly}>
          ${batch.judgement?.batch.assumptions.map((assumption) => this.#line(assumption))}
          ${this.#options()} ${this.#reported(understood)}
        </fieldset>
        ${understood === null || understood.notices.length === 0 ? nothing : this.#notices(understood)}
        ${batch.past.length + batch.future.length === 0 ? nothing : this.#wayBack()}
      </section>`;
  }

  /** An assumption: what it is, as it was taken, and what is known of it. */
  #line(assumption: Assumption): TemplateResult | typeof nothing {
    const { ledger: t } = this.view.text;
    switch (assumption.id) {
      case "logits":
      case "target":
      case "weight":
        return this.#choice(
          assumption,
          t.roles[assumption.id],
          (place) => this.#tensorName(place),
          this.#about(assumption.value),
        );
      case "classAxis":
        return this.#choice(assumption, t.classAxis, (axis) => t.axis(axis, this.#sizeOf(axis)));
      case "labels":
        return this.#choice(
          assumption,
          t.labels,
          (steps) => (steps.length === 0 ? t.steps.none : steps.map((step) => t.steps[step]).join(", ")),
          this.#words(),
        );
      // It has a field, into which any number can be typed.
      case "ignoreIndex":
        return nothing;
    }
  }

  /** The value that was taken, and beside it, in a menu, what it may be instead. */
  #choice<A extends Assumption>(
    { id, value, alternatives }: A,
    label: string,
    name: (value: A["value"]) => string,
    about: TemplateResult | typeof nothing = nothing,
  ): TemplateResult {
    const values = [value, ...alternatives] as A["value"][];
    const choose = ({ target }: Event) => {
      const chosen = values[(target as HTMLSelectElement).selectedIndex];
      act(target as Element, { type: "correct", corrections: { [id]: chosen } as Corrections });
    };
    const control =
      values.length === 1
        ? html`<output id=${idOf(this.view, `ledger-${id}`)}>${name(value)}</output>`
        : html`<select id=${idOf(this.view, `ledger-${id}`)} @change=${choose}>
            ${values.map((each, index) => html`<option .selected=${index === 0}>${name(each)}</option>`)}
          </select>`;
    return line(idOf(this.view, `ledger-${id}`), label, control, about);
  }

  #tensorName(place: number | null): string {
    const { ledger: t } = this.view.text;
    const tensor = place === null ? undefined : understoodOf(this.view)?.tensors[place];
    if (tensor === undefined) return t.none;
    return `${tensor.name ?? t.unnamed((place ?? 0) + 1)} ${shapeText(tensor.shape)}`;
  }

  /** The dtype and whether it is said there, the decimals, and where it stands. */
  #about(place: number | null): TemplateResult | typeof nothing {
    const { ledger: t } = this.view.text;
    const tensor: TensorSummary | undefined = place === null ? undefined : understoodOf(this.view)?.tensors[place];
    if (tensor === undefined) return nothing;
    const { dtype, stated, decimals, place: where } = tensor;
    const said = [
      stated ? dtype : t.assumed(dtype),
      ...(decimals === null ? [] : [t.decimals(decimals)]),
      ...(where.source === null ? [] : [where.source]),
      ...(where.line === null ? [] : [t.line(where.line)]),
    ];
    return html`<p class="ledger-about"><bdi>${said.join(", ")}</bdi></p>`;
  }

  #sizeOf(axis: number): number {
    return this.view.batch.judgement?.diagnosis.read.logits?.shape[axis] ?? 0;
  }

  /** Labels that are words, and the class that each has become. */
  #words(): TemplateResult | typeof nothing {
    const words = this.view.batch.judgement?.batch.words ?? null;
    if (words === null) return nothing;
    return html`<p class="ledger-about"><bdi>${words.map((word, index) => `${index} ${word}`).join(", ")}</bdi></p>`;
  }

  #options(): TemplateResult | typeof nothing {
    const { text, batch } = this.view;
    const { ledger: t } = text;
    const { said } = batch;
    const isSaid = said.weight !== null || OPTIONS.some((name) => said.corrections[name] !== undefined);
    const summary = batch.judgement?.batch;
    if (summary === undefined || (batch.brought === null && !isSaid)) return nothing;
    const correct = (corrections: Corrections) => act(this, { type: "correct", corrections });
    const reduction = summary.reduction ?? "mean";
    const others = summary.assumptions.flatMap((assumption) =>
      assumption.id === "ignoreIndex" ? assumption.alternatives : [],
    );
    const divisor = batch.judgement?.diagnosis.loss?.divisor ?? null;
    return html`
      ${line(
        idOf(this.view, "ledger-reduction"),
        html`<code>reduction</code>`,
        html`<select
          id=${idOf(this.view, "ledger-reduction")}
          @change=${({ target }: Event) =>
            correct({ reduction: REDUCTIONS[(target as HTMLSelectElement).selectedIndex] ?? "mean" })}
        >
          ${REDUCTIONS.map((value) => html`<option .selected=${value === reduction}>${value}</option>`)}
        </select>`,
        divisor === null || reduction !== "mean"
          ? nothing
          : html`<p class="ledger-about">${t.divisor(String(divisor))}</p>`,
      )}
      ${field(this.view, {
        id: "ledger-ignoreIndex",
        label: html`<code>ignore_index</code>`,
        shown: String(summary.ignoreIndex ?? IGNORE_INDEX),
        read: (typed) => readWhole(typed),
        say: (_, value) => correct({ ignoreIndex: value ?? IGNORE_INDEX }),
        about:
          others.length === 0
            ? nothing
            : html`<p class="ledger-about">${t.or} ${others.map(
                (label) =>
                  html`<button type="button" class="link" @click=${() => correct({ ignoreIndex: label })}>${label}</button> `,
              )}</p>`,
      })}
      ${field(this.view, {
        id: "ledger-labelSmoothing",
        label: html`<code>label_smoothing</code>`,
        shown: String(summary.labelSmoothing ?? 0),
        read: readFraction,
        say: (_, value) => correct({ labelSmoothing: value ?? 0 }),
      })}
      ${
        summary.assumptions.some(({ id, value }) => id === "weight" && value !== null)
          ? nothing
          : field(this.view, {
              id: "ledger-weights",
              label: html`<code>weight</code>`,
              shown: String(said.weight ?? ""),
              read: readNumbers,
              say: (from, weight) => act(from, { type: "say", said: { weight } }),
            })
      }`;
  }

  /** What the training printed, and the number of classes, where no logits say it. */
  #reported(understood: UnderstoodSummary | null): TemplateResult {
    const { text, batch } = this.view;
    const { ledger: t } = text;
    const { said } = batch;
    const reported = batch.judgement?.batch ?? understood?.reported;
    const shown = (own: Rounded | null, found: Rounded | null | undefined) => {
      const rounded = own ?? found ?? null;
      return rounded === null ? "" : writeRounded(rounded);
    };
    return html`
      ${field(this.view, {
        id: "ledger-loss",
        label: t.loss,
        shown: shown(said.loss, reported?.loss),
        read: readLoss,
        say: (from, loss) => act(from, { type: "say", said: { loss } }),
      })}
      ${field(this.view, {
        id: "ledger-accuracy",
        label: t.accuracy,
        shown: shown(said.accuracy, reported?.accuracy),
        read: readAccuracy,
        say: (from, accuracy) => act(from, { type: "say", said: { accuracy } }),
      })}
      ${
        batch.judgement?.diagnosis.read.logits
          ? nothing
          : field(this.view, {
              id: "ledger-classes",
              label: t.classes,
              shown: String(said.classes ?? reported?.classes ?? ""),
              read: (typed) => readWhole(typed, 1),
              say: (from, classes) => act(from, { type: "say", said: { classes } }),
            })
      }`;
  }

  #notices({ notices }: UnderstoodSummary): TemplateResult {
    const read = readText(this.view.page.state.language);
    return html`<ul class="read-notices" aria-label=${this.view.text.ledger.notices}>
      ${notices.map((notice) => html`<li>${inline(noticeText(read, notice))}</li>`)}
    </ul>`;
  }

  #wayBack(): TemplateResult {
    const { text, batch } = this.view;
    const button = (name: string, type: "undo" | "redo", steps: number) =>
      html`<button type="button" class="quiet" ${spent(steps === 0)} @click=${() => act(this, { type })}>${name}</button>`;
    return html`<div class="buttons way-back">
      ${button(text.ledger.undo, "undo", batch.past.length)} ${button(text.ledger.redo, "redo", batch.future.length)}
    </div>`;
  }
}

/** What is understood by now: of a question, the way that the reader chose. */
export function understoodOf({ batch: { reading, said } }: BatchView): UnderstoodSummary | null {
  if (reading?.kind === "understood") return reading.understood;
  if (reading?.kind === "question") return reading.ways.find(({ id }) => id === said.way)?.understood ?? null;
  return null;
}
