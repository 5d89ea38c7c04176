import { html, type TemplateResult } from "lit";
import { pieces } from "../../i18n/inline.ts";

/** A text of ours with its `code` set as code. */
export function inline(text: string): TemplateResult[] {
  return pieces(text).map((piece) => (piece.code ? html`<code>${piece.text}</code>` : html`${piece.text}`));
}
