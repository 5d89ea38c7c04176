// The box that takes anything: typed, pasted, dropped, or chosen as files.

import { html, nothing, type TemplateResult } from "lit";
import { act } from "../../state/diagnosis/events.ts";
import { EXAMPLES, type ExampleName } from "../../state/diagnosis/examples.ts";
import { BatchViewElement } from "./batch-view.ts";
import { amount } from "./words.ts";

/** How long the hand rests before what was typed is read, in milliseconds. */
const REST = 600;

export class CelossBringBox extends BatchViewElement {
  static override properties = { ...BatchViewElement.properties, dragged: { state: true } };
  /** Something is held over the box. */
  declare dragged: boolean;

  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.dragged = false;
    this.addEventListener("dragover", (event) => this.#over(event));
    this.addEventListener("dragleave", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.dragged = false;
    });
    this.addEventListener("drop", (event) => this.#drop(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override render(): TemplateResult {
    const { text, batch, page, second } = this.view;
    const t = text.box;
    const { brought } = batch;
    const { readonly } = page.state;
    return html`
      <div class="bring" ?data-dragged=${this.dragged}>
        <div class="bring-sheet">
        <textarea
          class="bring-text"
          aria-label=${second ? text.comparison.label : t.label}
          aria-describedby=${second ? nothing : "bring-hint"}
          rows="7"
          wrap="off"
          spellcheck="false"
          autocapitalize="off"
          autocomplete="off"
          placeholder=${brought === null && !second ? EXAMPLES.placeholder : ""}
          ?readonly=${readonly}
          .value=${batch.text}
          @paste=${this.#paste}
          @input=${this.#type}
          @keydown=${keepUndo}
        ></textarea>
        ${this.dragged ? html`<p class="bring-drop" aria-hidden="true">${t.dropNow}</p>` : nothing}
        </div>
        ${this.#elsewhere()}
        <div class="bring-ways">
          <label class="bring-choose"
            ><input type="file" multiple class="off-screen" ?disabled=${readonly} @change=${this.#choose} /><span>${t.choose}</span></label
          >
          <span class="hint">${t.drop}</span>
          ${
            brought === null || readonly
              ? nothing
              : html`<button type="button" class="quiet" @click=${this.#clear}>${t.clear}</button>`
          }
        </div>
        ${second ? nothing : this.#hints()}
      </div>`;
  }

  #hints(): TemplateResult {
    const { box: t, examples } = this.view.text;
    return html`
        <p class="hint" id="bring-hint">${t.hint} ${t.private}</p>
        <p class="bring-examples">
          <span>${examples.label}</span>
          ${(["note", "stuck", "traceback", "language", "segmentation"] as const).map((name) => this.#example(name))}
        </p>`;
  }

  /** What is brought, and does not stand in the box: files, or more text than a box can hold. */
  #elsewhere(): TemplateResult | typeof nothing {
    const { text, batch } = this.view;
    const t = text.box;
    if (batch.brought === null) return nothing;
    const { files, characters } = batch.brought;
    if (files.length > 0) {
      return html`<ul class="bring-files">${files.map(({ name, bytes }) => html`<li><bdi>${t.file(name, amount(bytes))}</bdi></li>`)}</ul>`;
    }
    return batch.text === "" ? html`<p class="bring-files">${t.long(characters.toLocaleString("en"))}</p>` : nothing;
  }

  #example(name: ExampleName): TemplateResult {
    return html`<button
      type="button"
      class="link"
      ?disabled=${this.view.page.state.readonly}
      @click=${() => this.#bring(EXAMPLES[name], false)}
    >${this.view.text.examples[name]}</button>`;
  }

  #bring(text: string, edit: boolean): void {
    clearTimeout(this.#typing);
    // What was typed since, and not read yet, goes too.
    const area = this.querySelector("textarea");
    if (area && !edit) area.value = "";
    act(this, { type: "bringText", text, edit });
  }

  readonly #type = ({ target, inputType }: InputEvent): void => {
    const { value } = target as HTMLTextAreaElement;
    // What is pasted is whole, what is typed is not yet.
    clearTimeout(this.#typing);
    if (inputType.startsWith("insertFrom")) this.#bring(value, true);
    else this.#typing = setTimeout(() => this.#bring(value, true), REST);
  };

  /** Files can be pasted too, and a text that is too long for the box need not go through it. */
  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (this.view.page.state.readonly) return;
    if (files.length > 0 && text === "") act(this, { type: "bringFiles", files });
    else if (isAllSelected(event.target as HTMLTextAreaElement)) this.#bring(text, false);
    else return;
    event.preventDefault();
  };

  #over(event: DragEvent): void {
    const types = event.dataTransfer?.types ?? [];
    if (this.view.page.state.readonly || !(types.includes("Files") || types.includes("text/plain"))) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    this.dragged = true;
  }

  #drop(event: DragEvent): void {
    this.dragged = false;
    const { dataTransfer } = event;
    if (this.view.page.state.readonly || dataTransfer === null) return;
    event.preventDefault();
    if (dataTransfer.files.length > 0) act(this, { type: "bringFiles", files: [...dataTransfer.files] });
    else this.#bring(dataTransfer.getData("text/plain"), false);
  }

  readonly #choose = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    act(this, { type: "bringFiles", files: [...(input.files ?? [])] });
    // The same file once more is a change too: it may have been written again.
    input.value = "";
  };

  readonly #clear = (): void => {
    this.#bring("", false);
    this.querySelector("textarea")?.focus();
  };

  /** Selects what stands at a line and a column, both from 1. */
  show(line: number, column: number): void {
    const area = this.querySelector("textarea");
    if (area === null) return;
    const before = area.value.split("\n").slice(0, line - 1);
    const start = before.reduce((length, text) => length + text.length + 1, 0) + column - 1;
    area.focus();
    area.setSelectionRange(start, start + 1);
  }
}

const isAllSelected = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): boolean =>
  selectionStart === 0 && selectionEnd === value.length;

/** In a text, undo is the browser's, of what was typed. */
function keepUndo(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase())) event.stopPropagation();
}
