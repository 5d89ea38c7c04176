// The foot: whose example this is, and, where only a part is shown, the way to the whole page.

import { html, nothing, type TemplateResult } from "lit";
import { SOURCE } from "../../state/lesson/presets.ts";
import { STEPS } from "../../state/steps.ts";
import type { View } from "../view.ts";
import { languageSwitch } from "./preferences.ts";

export function footer(from: EventTarget, view: View, page: string | null): TemplateResult {
  const { text, state } = view;
  const credit = html`${text.credit.before}<a href=${SOURCE.note} target="_blank" rel="noopener" lang="zh-CN">${text.credit.note}</a>${text.credit.by}<a href=${SOURCE.author} target="_blank" rel="noopener">${SOURCE.name}</a>${text.credit.after}`;
  const whole =
    page === null
      ? nothing
      : html`<a class="whole" href=${page} target="_blank" rel="noopener">${text.link.whole} ↗</a>`;
  const role = view.standalone ? "contentinfo" : nothing;
  if (state.steps.length < STEPS.length) {
    return html`<div class="footer" role=${role}>${whole}${languageSwitch(from, view)}<p class="credit">${credit}</p></div>`;
  }
  return html`
    <div class="footer credit" role=${role}>
      <p>${credit}</p>
      <p>${text.colophon}</p>
      ${window.parent === window ? nothing : whole}
    </div>`;
}
