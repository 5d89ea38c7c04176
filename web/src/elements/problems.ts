// What of a link, or of the attributes, could not be used: a quiet notice above the first step.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../state/lesson/actions.ts";
import type { View } from "./view.ts";

/** More than this of a value, in characters, or of the list says nothing more. */
const SHOWN = 40;
const NAMED = 3;

export function problems(from: EventTarget, { text, state }: View): TemplateResult | typeof nothing {
  const t = text.link;
  if (state.problems.length === 0) return nothing;
  return html`
    <div class="problems-of-link" role="status" aria-label=${t.name}>
      <p>
        ${t.problems(
          state.problems
            .slice(0, NAMED)
            .map(({ name, bad }) =>
              bad.length === 0 ? t.unknown(short(name)) : t.unusable(short(name), bad.slice(0, NAMED).map(short)),
            ),
          Math.max(0, state.problems.length - NAMED),
        )}
      </p>
      <button type="button" class="quiet" aria-label=${t.dismiss} @click=${() => send(from, { type: "dismissProblems" })}>×</button>
    </div>`;
}

function short(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
