// What there is to say of x and y wherever they can be changed.

import { html, nothing, type TemplateResult } from "lit";
import type { Notice } from "../../state/lesson/state.ts";
import { saidOfMatrix } from "../controls/problems.ts";
import { inline } from "../figures/inline.ts";
import type { View } from "../view.ts";

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
