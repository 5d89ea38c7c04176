// What a reader can do with a step besides reading it: two quiet buttons at its end.

import { html, type TemplateResult } from "lit";
import type { StepId } from "../../state/steps.ts";
import type { CelossEmbed } from "../dialogs/embed.ts";
import type { CelossExport } from "../dialogs/export.ts";
import type { View } from "../view.ts";

export function shareButtons({ text }: View, step: StepId): TemplateResult {
  return html`
    <div class="share-buttons">
      <button type="button" class="quiet" @click=${(event: Event) => openDialog("celoss-export", event, step)}>${text.export.open}</button>
      <button type="button" class="quiet" @click=${(event: Event) => openDialog("celoss-embed", event, step)}>${text.embed.open}</button>
    </div>`;
}

/** The dialogs stand at the end of the tree that the button is in. */
function openDialog(name: "celoss-export" | "celoss-embed", { currentTarget }: Event, step: StepId): void {
  const opener = currentTarget as HTMLElement;
  (opener.getRootNode() as ShadowRoot).querySelector<CelossExport | CelossEmbed>(name)?.open(step, opener);
}
