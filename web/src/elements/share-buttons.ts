// What a reader can do with a step besides reading it: two quiet buttons at its end.

import { html, type TemplateResult } from "lit";
import type { StepId } from "../state/steps.ts";
import type { CelossEmbed } from "./celoss-embed.ts";
import type { View } from "./view.ts";

export function shareButtons({ text }: View, step: StepId): TemplateResult {
  return html`
    <div class="share-buttons">
      <button type="button" class="quiet" @click=${(event: Event) => openDialog(event.currentTarget as HTMLElement, step)}>${text.embed.open}</button>
    </div>`;
}

/** The dialogs stand at the end of the tree that the button is in. */
function openDialog(opener: HTMLElement, step: StepId): void {
  (opener.getRootNode() as ShadowRoot).querySelector<CelossEmbed>("celoss-embed")?.open(step, opener);
}
