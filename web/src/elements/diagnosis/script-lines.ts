// How to get a batch out of a training script.

import { html, type TemplateResult } from "lit";
import { type Framework, SAVING } from "../../export/saving.ts";
import { choice } from "../controls/choice.ts";
import { BatchViewElement } from "./batch-view.ts";

const NAMES: Readonly<Record<Framework, string>> = { pytorch: "PyTorch", numpy: "NumPy", keras: "Keras" };

export class CelossScriptLines extends BatchViewElement {
  static override properties = { ...BatchViewElement.properties, chosen: { state: true } };
  declare chosen: Framework;

  constructor() {
    super();
    this.chosen = "pytorch";
  }

  protected override render(): TemplateResult {
    const { text, page } = this.view;
    const t = text.script;
    return html`
      <details class="script-lines">
        <summary>${t.name}</summary>
        <p class="hint">${t.note}</p>
        ${choice(
          t.from,
          "script",
          Object.entries(NAMES).map(([value, label]) => ({ value, label })),
          this.chosen,
          (value) => {
            this.chosen = value as Framework;
          },
        )}
        <celoss-code-line .text=${page.text} .code=${SAVING[this.chosen].trimEnd()}></celoss-code-line>
      </details>`;
  }
}
