// The reading line under a figure: the formula of the asked number, with the live operands.

import { html, nothing, type TemplateResult } from "lit";
import { send } from "../../state/events.ts";
import { number } from "../figures/number.ts";
import { InnerElement, plain } from "../inner-element.ts";

export interface Reading {
  /** What the number is called. */
  readonly name: string;
  /** Its formula: text, and the operands, which are numbers with a key and, in a matrix, the colour of a class. */
  readonly parts: readonly (string | { readonly key: string; readonly text: string; readonly class: number | null })[];
  /** All its digits; null: it has no more. */
  readonly digits: string | null;
}

/** In pixels, between a number and the sheet below it. */
const APART = 12;

export class CelossReadingLine extends InnerElement {
  static override properties = { reading: plain, hint: plain, close: plain };
  /** Null: nothing is asked here. */
  declare reading: Reading | null;
  /** What stands there while nothing is asked. */
  declare hint: TemplateResult | typeof nothing;
  /** The name of the button that ends it. */
  declare close: string;

  /** After the browser has brought into view what it gave the focus to. */
  protected override updated(): void {
    requestAnimationFrame(() => this.#uncover());
  }

  /** As a sheet at the foot of the window it must not lie over the number that it answers for. */
  #uncover(): void {
    const sheet = this.matches(".sheet") ? this.querySelector(".reading") : null;
    const asked = (this.getRootNode() as ShadowRoot).activeElement?.closest("[data-cell]");
    if (!sheet || !asked || asked.closest("section") !== this.closest("section")) return;
    const covered = asked.getBoundingClientRect().bottom + APART - sheet.getBoundingClientRect().top;
    if (covered > 0) scrollBy({ top: covered, behavior: "instant" });
  }

  protected override render(): TemplateResult {
    if (this.reading === null) return html`<p class="reading-place hint">${this.hint}</p>`;
    const { name, parts, digits } = this.reading;
    return html`
      <div class="reading">
        <span class="reading-name">${name}</span>
        <span class="reading-formula">${parts.map((part) =>
          typeof part === "string"
            ? html`${part}`
            : html`<span class="operand" data-operand=${part.key} data-class=${part.class ?? nothing}>${number(part.text)}</span>`,
        )}</span>
        ${digits === null ? nothing : html`<span class="reading-digits">${digits}</span>`}
        <button type="button" class="quiet" aria-label=${this.close} @click=${() => send(this, { type: "ask", cell: null })}>×</button>
      </div>`;
  }
}
