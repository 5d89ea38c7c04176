// Why something could not be read: where it stands, marked in what was kept of it, and what to type instead.

import { html, nothing, type TemplateResult } from "lit";
import { pieces } from "../../i18n/inline.ts";
import type { Refusal } from "../../read/types.ts";
import { readText } from "../../state/lesson/late.ts";
import { inline } from "../figures/inline.ts";
import type { BatchView } from "./batch-view.ts";
import type { CelossBringBox } from "./bring-box.ts";

/** So much is shown before and behind the place, in characters. */
const AROUND = 36;

export function refusal(view: BatchView, refusal: Refusal, box: () => CelossBringBox | null): TemplateResult {
  const { text, batch, page } = view;
  const t = text.ledger;
  const words = readText(page.state.language);
  const { line, column, source } = refusal.place;
  const place = line === null ? null : t.place(line, column ?? 1);
  const inBox = line !== null && source === null && batch.text !== "";
  return html`
    <div class="refusal">
      <h3>${t.refused}</h3>
      <p>
        ${source === null ? nothing : html`<bdi class="source">${source}</bdi>`}
        ${
          place === null
            ? nothing
            : inBox
              ? html`<button type="button" class="link" @click=${() => box()?.show(line, column ?? 1)}>${place}</button>`
              : html`<span>${place}</span>`
        }
        ${place === null && source === null ? nothing : t.colon}${inline(words.refusals[refusal.kind]?.(refusal.details) ?? refusal.kind)}
      </p>
      ${inBox ? excerpt(batch.text, line, column ?? 1) : nothing}
      ${
        refusal.fix === null
          ? nothing
          : pieces(words.instead(refusal.fix)).map(({ tag, text }) =>
              tag === "code"
                ? html`<celoss-code-line .text=${page.text} .code=${text}></celoss-code-line>`
                : html`<p>${text}</p>`,
            )
      }
    </div>`;
}

/** The line with the place marked in it, and the lines next to it. */
function excerpt(text: string, line: number, column: number): TemplateResult {
  const lines = text.split("\n");
  const width = String(line + 1).length;
  const row = (number: number) => {
    const content = lines[number - 1];
    if (content === undefined) return nothing;
    const from = number === line ? Math.max(0, column - 1 - AROUND) : 0;
    const to = number === line ? column + AROUND : 2 * AROUND;
    const cut = (start: number, end: number) => content.slice(Math.max(start, from), Math.min(end, to));
    const shown =
      number === line
        ? html`${from > 0 ? "…" : nothing}${cut(0, column - 1)}<mark>${content[column - 1] ?? " "}</mark>${cut(column, content.length)}`
        : html`${cut(0, content.length)}`;
    return html`<span class="excerpt-number">${String(number).padStart(width)}</span> ${shown}${content.length > to ? "…" : nothing}${"\n"}`;
  };
  return html`<pre class="excerpt" tabindex="0" role="group"><code>${[line - 1, line, line + 1].map(row)}</code></pre>`;
}
