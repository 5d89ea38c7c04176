// What stands under x and y wherever they can be changed: the way back, and what there is to say of them.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../../state/events.ts";
import type { Action } from "../../state/lesson/actions.ts";
import type { Example } from "../../state/lesson/example.ts";
import { NOTE } from "../../state/lesson/presets.ts";
import type { Notice } from "../../state/lesson/state.ts";
import { saidOfMatrix } from "../controls/problems.ts";
import { inline } from "../figures/inline.ts";
import type { View } from "../view.ts";

/** Undo, redo, and back to what was opened. */
export function wayBack({ text, state }: View): TemplateResult | typeof nothing {
  const t = text.data;
  const { example, start } = state;
  const same = (other: Example) => JSON.stringify(start) === JSON.stringify(other);
  const button = (name: string, disabled: boolean, type: Extract<Action["type"], "undo" | "redo" | "reset">) =>
    html`<button
      type="button"
      ?disabled=${disabled}
      @click=${(event: Event) => send(event.currentTarget as Element, { type })}
    >${name}</button>`;
  if (state.readonly) return nothing;
  return html`
    <div class="buttons way-back">
      ${button(t.undo, state.past.length === 0, "undo")}
      ${button(t.redo, state.future.length === 0, "redo")}
      ${button(same(NOTE) ? t.reset : t.restart, same(example), "reset")}
    </div>`;
}

/** What a reader can do with the numbers. */
export function dataHint({ text, state }: View): TemplateResult {
  return html`${text.reading.ask} ${state.readonly ? nothing : inline(text.data.hint)}`;
}

/** What the last change brought with it, and what PyTorch says of the labels. */
export function aboutData(view: View): TemplateResult {
  const { text, state, model } = view;
  const t = text.data;
  return html`
    <div class="said" aria-live="polite">
      ${state.notice ? html`<p class="message">${inline(said(view, state.notice))}</p>` : nothing}
      ${
        model.targetError
          ? html`<p class="torch-error"><code>IndexError: ${model.targetError.message}</code></p>
            <p class="message">${t.refused(model.targetError.sample, model.targetError.label, model.targetError.classes)}</p>`
          : nothing
      }
    </div>`;
}

function said(view: View, notice: Notice): string {
  const t = view.text.data.notices;
  switch (notice.kind) {
    case "pasted":
      return t.pasted(notice.rows, notice.columns);
    case "labelsLost":
      return t.labelsLost(notice.samples);
    case "paste":
      return t.notPasted(saidOfMatrix(view.text, notice.problem));
  }
}
