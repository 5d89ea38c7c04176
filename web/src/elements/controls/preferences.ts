// Theme and language, where the reader chooses them.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../../state/events.ts";
import type { Theme } from "../../state/settings.ts";
import type { View } from "../view.ts";
import { choice } from "./choice.ts";

export function preferences(from: EventTarget, view: View): TemplateResult {
  const { text, state } = view;
  return html`
    <div class="preferences" role=${view.standalone ? "banner" : nothing}>
      ${choice(
        text.theme.label,
        "theme",
        (["auto", "light", "dark"] as const).map((theme) => ({ value: theme, label: text.theme[theme] })),
        state.theme,
        (value) => send(from, { type: "setTheme", theme: value as Theme }),
      )}
      ${languageSwitch(from, view)}
    </div>`;
}

/** The other language, in its own words. */
export function languageSwitch(from: EventTarget, { text, state }: View): TemplateResult {
  const [other, tag] = state.language === "zh" ? (["en", "en"] as const) : (["zh", "zh-CN"] as const);
  return html`<button
    type="button"
    class="language"
    lang=${tag}
    @click=${() => send(from, { type: "setLanguage", language: other })}
  >${text.switchLanguage}</button>`;
}
