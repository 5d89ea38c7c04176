// What a reader can do with a step besides reading it: two quiet buttons at its end. They load the dialogs, which the
// first look of a pointer or the focus begins, and ask upward for one of them.

import { html, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import type { StepId } from "../../state/steps.ts";
import { InnerElement, plain } from "../inner-element.ts";
import { loadLate } from "../late.ts";
import { lateWords } from "./late-words.ts";

/** The detail of "celoss-dialog", which a button sends: the dialog that it asks for, and the step that it stands in. */
export interface DialogRequest {
  readonly dialog: "export" | "embed";
  readonly step: StepId;
}

export class CelossShareButtons extends InnerElement {
  static override properties = {
    text: plain,
    step: plain,
    waiting: { state: true },
    failure: { state: true },
  };
  declare text: Text;
  declare step: StepId;
  /** The dialog that opens as soon as it is there. */
  declare waiting: DialogRequest["dialog"] | null;
  declare failure: unknown;

  constructor() {
    super();
    this.waiting = null;
    this.failure = null;
  }

  protected override render(): TemplateResult {
    const { text } = this;
    return html`
      <div class="share-buttons">${this.#button("export", text.export.open)} ${this.#button("embed", text.embed.open)}</div>
      ${lateWords(text, this.waiting !== null, this.failure)}`;
  }

  #button(dialog: DialogRequest["dialog"], name: string): TemplateResult {
    return html`<button type="button" class="quiet" aria-busy=${this.waiting === dialog} @click=${(event: Event) => this.#ask(event, dialog)} @pointerenter=${this.#prepare} @focus=${this.#prepare}>${name}</button>`;
  }

  async #ask({ currentTarget }: Event, dialog: DialogRequest["dialog"]): Promise<void> {
    const button = currentTarget as HTMLButtonElement;
    const isOnItsWay = this.waiting !== null;
    this.waiting = dialog;
    if (isOnItsWay) return;
    this.failure = null;
    try {
      await loadLate("dialogs", this);
      const detail: DialogRequest = { dialog: this.waiting, step: this.step };
      button.dispatchEvent(new CustomEvent("celoss-dialog", { detail, bubbles: true }));
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.waiting = null;
    }
  }

  /** A pointer comes near, or the focus: until the button is pressed there is time to load. */
  readonly #prepare = (): void => {
    loadLate("dialogs", this).catch(() => {}); // whoever presses hears of it
  };
}
