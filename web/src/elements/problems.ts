// What of a link, or of the attributes, could not be used: a quiet notice above the first step.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../state/actions.ts";
import type { View } from "./view.ts";

/** More than this of a value says nothing more about it. */
const SHOWN = 40;

export function problems(from: EventTarget, { text, state }: View): TemplateResult | typeof nothing {
  const t = text.link;
  if (state.problems.length === 0) return nothing;
  return html`
    <div class="problems-of-link" role="status" aria-label=${t.name}>
      <p>
        ${t.problems(
          state.problems.map(({ name, bad }) =>
            bad.length === 0 ? t.unknown(short(name)) : t.unusable(short(name), bad.map(short)),
          ),
        )}
      </p>
      <button type="button" class="quiet" aria-label=${t.dismiss} @click=${() => send(from, { type: "dismissProblems" })}>×</button>
    </div>`;
}

function short(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
