// What of a link, or of the attributes, could not be used: a quiet notice above the first step.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../state/lesson/actions.ts";
import { inline } from "./figures/inline.ts";
import type { View } from "./view.ts";

/** More than this of the list says nothing more. */
const NAMED = 3;

export function problems(from: EventTarget, { text, state }: View): TemplateResult | typeof nothing {
  const t = text.link;
  if (state.problems.length === 0) return nothing;
  return html`
    <div class="problems-of-link" role="status" aria-label=${t.name}>
      <p>
        ${inline(
          t.problems(
            state.problems
              .slice(0, NAMED)
              .map(({ name, bad }) => (bad.length === 0 ? t.unknown(name) : t.unusable(name, bad.slice(0, NAMED)))),
            Math.max(0, state.problems.length - NAMED),
          ),
        )}
      </p>
      <button type="button" class="quiet" aria-label=${t.dismiss} @click=${() => send(from, { type: "dismissProblems" })}>×</button>
    </div>`;
}
