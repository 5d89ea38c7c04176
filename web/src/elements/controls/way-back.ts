import { html, nothing, type TemplateResult } from "lit";
import { send } from "../../state/events.ts";
import type { Action } from "../../state/lesson/actions.ts";
import type { Example } from "../../state/lesson/example.ts";
import { NOTE } from "../../state/lesson/presets.ts";
import type { View } from "../view.ts";
import { spent } from "./spent-button.ts";

/** Undo, redo, and back to what was opened. */
export function wayBack({ text, state }: View): TemplateResult | typeof nothing {
  const t = text.data;
  const { example, start } = state;
  const same = (other: Example) => JSON.stringify(start) === JSON.stringify(other);
  const button = (name: string, done: boolean, type: Extract<Action["type"], "undo" | "redo" | "reset">) =>
    html`<button
      type="button"
      ${spent(done)}
      @click=${(event: Event) => send(event.currentTarget as Element, { type })}
    >${name}</button>`;
  if (state.readonly) return nothing;
  return html`
    <div class="buttons way-back">
      ${button(t.undo, state.past.length === 0, "undo")}
      ${button(t.redo, state.future.length === 0, "redo")}
      ${button(same(NOTE) ? t.reset : t.restart, same(example), "reset")}
    </div>`;
}
