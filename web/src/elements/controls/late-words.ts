// What stands where something is that comes late: that it is on its way, or why it has not come.

import { html, nothing, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import { inline } from "../figures/inline.ts";

/** `failure` is null where nothing has failed. */
export function lateWords(text: Text, isLoading: boolean, failure: unknown): TemplateResult {
  const words = () => {
    if (isLoading) return html`<p class="hint">${text.late.loading}</p>`;
    if (failure === null) return nothing;
    const reason = failure instanceof Error ? failure.message : String(failure);
    return html`<p class="hint">${inline(text.late.failed)} ${text.unavailable.reason}<code><bdi>${reason}</bdi></code></p>`;
  };
  return html`<div aria-live="polite">${words()}</div>`;
}
