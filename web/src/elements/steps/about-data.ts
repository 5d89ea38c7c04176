// What there is to say of x and y wherever they can be changed.

import { html, nothing, type TemplateResult } from "lit";
import { noticeText } from "../../i18n/read/said.ts";
import { send } from "../../state/events.ts";
import { readLogits, readText } from "../../state/lesson/late.ts";
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
      const words = readText(language);
      return words.sentences([t.pasted(rows, columns), brought, ...notices.map((remark) => noticeText(words, remark))]);
    }
    case "fromBatch":
      return t.fromBatch(notice.samples, notice.classes);
    case "labelsLost":
      return t.labelsLost(notice.samples);
    case "paste": {
      const { problem } = notice;
      const reason = saidOfMatrix(text, language, problem);
      if (problem.kind === "question") return readText(language).sentences([reason, t.which]);
      const fix = problem.kind === "refused" ? problem.refusal.fix : null;
      if (fix === null) return t.notPasted(reason);
      const words = readText(language);
      return words.sentences([t.notPasted(reason), words.instead(fix)]);
    }
  }
}

/** The ways to read what was pasted, each a button; or one for another try. */
function ways(
  { text, state: { language } }: View,
  notice: Notice & { kind: "paste" },
): TemplateResult | typeof nothing {
  const { problem, text: pasted } = notice;
  const button = (name: string, way: string | null) =>
    html`<button
      type="button"
      @click=${async ({ currentTarget }: Event) =>
        send(currentTarget as EventTarget, { type: "paste", text: pasted, logits: await readLogits(pasted, way) })}
    >${name}</button> `;
  if (problem.kind === "notLoaded") return html`<p class="try">${button(text.late.again, null)}</p>`;
  if (problem.kind !== "question") return nothing;
  const shapes = (way: LogitsWay) => way.shapes.map((shape) => `(${shape.join(", ")})`).join(", ");
  return html`<p class="try">${problem.ways.map((way) =>
    button(text.data.notices.way(readText(language).way(way.id), shapes(way)), way.id),
  )}</p>`;
}
