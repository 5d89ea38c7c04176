// What stands under x and y wherever they can be changed: the way back, and what there is to say of the last change.

import { html, nothing, type TemplateResult } from "lit";
import { type Action, send } from "../state/actions.ts";
import { NOTE } from "../state/presets.ts";
import type { Notice } from "../state/state.ts";
import type { View } from "./view.ts";

export function aboutData(view: View): TemplateResult {
  const { text, state, model } = view;
  const t = text.data;
  const isNote = JSON.stringify(state.example) === JSON.stringify(NOTE);
  const button = (name: string, disabled: boolean, type: Extract<Action["type"], "undo" | "redo" | "reset">) =>
    html`<button
      type="button"
      ?disabled=${disabled}
      @click=${(event: Event) => send(event.currentTarget as Element, { type })}
    >${name}</button>`;
  return html`
    <div class="about-data">
      ${
        state.readonly
          ? nothing
          : html`<div class="buttons">
              ${button(t.undo, state.past.length === 0, "undo")}
              ${button(t.redo, state.future.length === 0, "redo")}
              ${button(t.reset, isNote, "reset")}
            </div>`
      }
      <div class="said" aria-live="polite">
        ${state.notice ? html`<p class="message">${said(view, state.notice)}</p>` : nothing}
        ${
          model.targetError
            ? html`<p class="torch-error"><code>IndexError: ${model.targetError.message}</code></p>
              <p class="message">${t.refused(model.targetError.sample, model.targetError.label, model.targetError.classes)}</p>`
            : nothing
        }
      </div>
    </div>`;
}

function said(view: View, notice: Notice): string {
  const t = view.text.data.notices;
  switch (notice.kind) {
    case "pasted":
      return t.pasted(notice.rows, notice.columns);
    case "labelsLost":
      return t.labelsLost(notice.samples);
    case "paste": {
      const { problem } = notice;
      if (problem.kind === "notANumber") return t.notANumber(problem.token, problem.row);
      if (problem.kind === "ragged") return t.ragged(problem.row, problem.got, problem.expected);
      return t.size(problem.rows, problem.columns);
    }
  }
}
