// What a reader can do with a step besides reading it: two quiet buttons at its end. They ask upward for a dialog.

import { html, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import type { StepId } from "../../state/steps.ts";

/** The detail of "celoss-dialog", which a button sends: the dialog that it asks for, and the step that it stands in. */
export interface DialogRequest {
  readonly dialog: "export" | "embed";
  readonly step: StepId;
}

export function shareButtons(text: Text, step: StepId): TemplateResult {
  const button = (dialog: DialogRequest["dialog"], name: string) =>
    html`<button type="button" class="quiet" @click=${(event: Event) => ask(event, { dialog, step })}>${name}</button>`;
  return html`<div class="share-buttons">${button("export", text.export.open)} ${button("embed", text.embed.open)}</div>`;
}

function ask({ currentTarget }: Event, detail: DialogRequest): void {
  (currentTarget as Element).dispatchEvent(new CustomEvent("celoss-dialog", { detail, bubbles: true }));
}
