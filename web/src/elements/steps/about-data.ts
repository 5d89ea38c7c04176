// What there is to say of x and y wherever they can be changed.

import { html, nothing, type TemplateResult } from "lit";
import { noticeText, readTexts } from "../../i18n/read/index.ts";
import { send } from "../../state/events.ts";
import type { LogitsWay } from "../../state/lesson/limits.ts";
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
${state.notice ? html`<p class="message">${inline(said(view, state.notice))} ${state.notice.kind === "fromBatch" ? html`<a href="#batch">${t.backToBatch}</a>` : nothing}</p>` : nothing}
      ${state.notice?.kind === "paste" ? ways(view, state.notice) : nothing}
      ${
        model.targetError
          ? html`<p class="torch-error"><code>IndexError: ${model.targetError.message}</code></p>
            <p class="message">${t.refused(model.targetError.sample, model.targetError.label, model.targetError.classes)}</p>`
          : nothing
      }
    </div>`;
}

function said({ text, state: { language } }: View, notice: Notice): string {
  const t = text.data.notices;
  switch (notice.kind) {
    case "pasted": {
      const { rows, columns, labels, notices } = notice;
      const brought = labels === null ? t.labelled : t.kept(labels, rows);
      const read = notices.map((remark) => noticeText(readTexts[language], remark));
      return readTexts[language].sentences([t.pasted(rows, columns), brought, ...read]);
    }
    case "fromBatch":
      return t.fromBatch(notice.samples, notice.classes);
    case "labelsLost":
      return t.labelsLost(notice.samples);
    case "paste": {
      const { problem } = notice;
      const reason = saidOfMatrix(text, language, problem);
      if (problem.kind === "question") return readTexts[language].sentences([reason, t.which]);
      const fix = problem.kind === "refused" ? problem.refusal.fix : null;
      return readTexts[language].sentences([
        t.notPasted(reason),
        ...(fix === null ? [] : [readTexts[language].instead(fix)]),
      ]);
    }
  }
}

/** The ways to read what was pasted, each a button. */
function ways(
  { text, state: { language } }: View,
  notice: Notice & { kind: "paste" },
): TemplateResult | typeof nothing {
  const { problem, text: pasted } = notice;
  if (problem.kind !== "question") return nothing;
  const shapes = (way: LogitsWay) => way.shapes.map((shape) => `(${shape.join(", ")})`).join(", ");
  return html`<p class="try">${problem.ways.map(
    (way) => html`<button
      type="button"
      @click=${(event: Event) => send(event.currentTarget as EventTarget, { type: "paste", text: pasted, way: way.id })}
    >${text.data.notices.way(readTexts[language].way(way.id), shapes(way))}</button> `,
  )}</p>`;
}
