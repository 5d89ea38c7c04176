import { html, type TemplateResult } from "lit";
import { pieces } from "../../i18n/inline.ts";

/** A text of ours with its `code` set as code, and what it quotes set apart. */
export function inline(text: string): TemplateResult[] {
  return pieces(text).map(({ tag, text }) => {
    if (tag === "code") return html`<code>${text}</code>`;
    return tag === "bdi" ? html`<bdi>${text}</bdi>` : html`${text}`;
  });
}
