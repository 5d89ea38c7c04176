// The PyTorch line of a step, with a button that copies it.

import { html, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import { styled } from "../figures/style.ts";
import { InnerElement, plain } from "../inner-element.ts";
import { copyText } from "./clipboard.ts";

type Outcome = "none" | "copied" | "selected";

export class CelossCodeLine extends InnerElement {
  static override properties = {
    text: plain,
    code: plain,
    outcome: { state: true },
  };
  declare text: Text;
  declare code: string;
  declare outcome: Outcome;

  constructor() {
    super();
    this.outcome = "none";
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const said = { none: text.copy, copied: text.copied, selected: text.copySelected }[this.outcome];
    return html`
      <div class="code-line" part="code">
        <div class="code"><pre tabindex="0" role="group" aria-label="PyTorch" ${styled({ "--lines": String(this.code.split("\n").length) })}><code>${this.code}</code></pre></div>
        <button type="button" class="quiet" aria-live="polite" @click=${this.#copy}>${said}</button>
      </div>`;
  }

  /** Copies by the clipboard, by the older command, or, where a sandbox blocks both, selects the line. */
  async #copy(): Promise<void> {
    this.outcome = (await copyText(this.code)) ? "copied" : "selected";
    if (this.outcome === "selected") {
      const code = this.querySelector("code");
      if (code) getSelection()?.selectAllChildren(code);
      this.querySelector("pre")?.focus();
    }
    setTimeout(() => {
      this.outcome = "none";
    }, 4000);
  }
}
