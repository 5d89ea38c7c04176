// From 300 ms on: what is done, how far it is, and a way to give it up.

import { html, nothing, type TemplateResult } from "lit";
import type { BatchAction } from "../../state/diagnosis/actions.ts";
import { act } from "../../state/diagnosis/events.ts";
import type { BatchView } from "./batch-view.ts";

export function progress({ batch, text }: BatchView, slow: boolean): TemplateResult | typeof nothing {
  const t = text.progress;
  const button = (name: string, action: BatchAction) =>
    html`<button type="button" @click=${({ target }: Event) => act(target as Element, action)}>${name}</button>`;
  if (batch.stopped) return html`<p class="try"><span>${t.stopped}</span> ${button(t.again, { type: "again" })}</p>`;
  if (batch.phase === "idle" || !slow) return nothing;
  const percent = Math.floor(batch.done * 100);
  const name = t[batch.phase](percent);
  return html`
    <div class="batch-progress">
      <progress max="1" value=${batch.done} aria-label=${name}></progress>
      <span aria-hidden="true">${name}</span>
      ${button(t.stop, { type: "stop" })}
    </div>`;
}
