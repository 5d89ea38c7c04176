// Step 9, the chapter "Your own batch", whose content comes late.

import { html, type TemplateResult } from "lit";
import { STEPS } from "../../state/steps.ts";
import { inline } from "../figures/inline.ts";
import { stepName } from "../step-name.ts";
import { ViewElement } from "../view.ts";

export class CelossBatch extends ViewElement {
  static override properties = { ...ViewElement.properties, brought: { attribute: false } };
  /** What was pasted elsewhere and found no room there; the same text again is another object. */
  declare brought: { readonly text: string } | null;

  constructor() {
    super();
    this.brought = null;
  }

  protected override render(): TemplateResult {
    const { text } = this.view;
    return html`
      <section id="batch" class="step" part="step" aria-labelledby="batch-name">
        <header class="step-head">
          <h2 id="batch-name" class="step-name" part="heading" tabindex="-1"><span class="step-number">${STEPS.indexOf("batch")}</span> ${stepName(text, "batch")}</h2>
          <p part="lead">${inline(text.batch.lead)}</p>
        </header>
        <div class="step-figure" part="figure">
          <celoss-late-content
            .text=${text}
            .name=${"batch"}
            .content=${html`<celoss-batch-chapter .view=${this.view} .brought=${this.brought}></celoss-batch-chapter>`}
          ></celoss-late-content>
        </div>
        <celoss-share-buttons .text=${text} .step=${"batch"}></celoss-share-buttons>
      </section>`;
  }
}
