// What stands above the fallback while the demo does not run: that it is coming, or why it cannot.

import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../../i18n/index.ts";
import type { Language } from "../../i18n/language.ts";
import { inline } from "../figures/inline.ts";
import type { Ground } from "./ground.ts";

export function unavailable(
  language: Language,
  ground: Ground | null,
  standalone: boolean,
  failure: Error | null,
): TemplateResult {
  const { unavailable } = texts[language];
  return html`<div class="unavailable" role="status" data-ground=${ground ?? nothing} lang=${language === "zh" ? "zh-CN" : "en"}>
    ${
      failure === null
        ? html`<p>${standalone ? unavailable.loading : unavailable.loadingHere}</p>`
        : html`<p>${inline(standalone ? unavailable.failed : unavailable.failedHere)}</p><p class="reason">${unavailable.reason}<code><bdi>${String(failure.cause ?? failure.message)}</bdi></code></p>`
    }
  </div>`;
}
