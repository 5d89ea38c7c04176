// Content that comes late, and is loaded when its place comes near the window.

import { html, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import { InnerElement, plain } from "../inner-element.ts";
import { type LateName, loadLate } from "../late.ts";
import { lateWords } from "./late-words.ts";

export class CelossLateContent extends InnerElement {
  static override properties = {
    text: plain,
    name: plain,
    content: { attribute: false },
    isHere: { state: true },
    failure: { state: true },
  };
  declare text: Text;
  declare name: LateName;
  /** What is shown once it is there. */
  declare content: TemplateResult;
  declare isHere: boolean;
  declare failure: unknown;

  readonly #near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.#load();
    },
    { rootMargin: "100% 0px" },
  );

  constructor() {
    super();
    this.isHere = false;
    this.failure = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.isHere) this.#near.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#near.disconnect();
  }

  protected override render(): TemplateResult {
    if (this.isHere) return this.content;
    return html`
      ${lateWords(this.text, this.failure === null, this.failure)}
      ${this.failure === null ? "" : html`<button type="button" @click=${this.#load}>${this.text.late.again}</button>`}`;
  }

  readonly #load = async (): Promise<void> => {
    this.#near.disconnect();
    this.failure = null;
    try {
      await loadLate(this.name, this);
      this.isHere = true;
    } catch (failure) {
      this.failure = failure;
    }
  };
}
