// Take it with you: what a step shows as a picture, as numbers in other programs' formats, or as a PyTorch script. One
// dialog for all steps; what was chosen in it last is chosen in it next.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { IndexTensor, Tensor } from "../../api/index.ts";
import { MATRIX_FORMATS, type MatrixFormatId } from "../../export/matrix.ts";
import { imageUrl, png } from "../../export/png.ts";
import { questionCode, script } from "../../export/script.ts";
import { type Picture, picture } from "../../export/svg.ts";
import { type Digits, dataCode } from "../../format/pytorch.ts";
import type { TensorId } from "../../state/lesson/cell.ts";
import { tensorOfCell } from "../../state/lesson/derive.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import { STEPS, type StepId } from "../../state/steps.ts";
import { choice } from "../controls/choice.ts";
import { copyImage, copyText } from "../controls/clipboard.ts";
import { stepName } from "../step-name.ts";
import { ViewElement } from "../view.ts";
import { openNear } from "./dialog.ts";

const MATRIX_FORMAT_IDS = Object.keys(MATRIX_FORMATS) as MatrixFormatId[];

/** The parts of a figure that can go without the others; those without a name here bring one. */
const PIECES = {
  ".flow": "matrices",
  ".way, .lane": null,
  ".bars-figure, .probability-bars, .confident": "bars",
  ".curve-figure": "curve",
  "celoss-loss-axis": "axis",
  ".counted": "labels",
} as const;

type Subject = "picture" | "numbers" | "script";
type Said = "copied" | "selected" | "mayBeBlocked" | "mayBeBlockedPicture" | "pictureNotCopied";

export class CelossExport extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    step: { state: true },
    subject: { state: true },
    piece: { state: true },
    pictureFormat: { state: true },
    tensor: { state: true },
    matrixFormat: { state: true },
    digits: { state: true },
    image: { state: true },
    said: { state: true },
  };
  /** Null while the dialog is closed. */
  declare step: StepId | null;
  declare subject: Subject;
  /** The whole step, its figure, or the number of a piece of it. */
  declare piece: string;
  declare pictureFormat: "svg" | "png";
  declare tensor: string;
  declare matrixFormat: MatrixFormatId;
  declare digits: Digits;
  /** The picture as PNG; "none": the browser makes none. */
  declare image: { readonly blob: Blob; readonly url: string } | "none" | null;
  declare said: Said | null;

  #picture: Picture | null = null;

  constructor() {
    super();
    this.step = null;
    this.subject = "picture";
    this.piece = "figure";
    this.pictureFormat = "svg";
    this.tensor = "";
    this.matrixFormat = "csv";
    this.digits = "all";
    this.image = null;
    this.said = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!["view", "step", "subject", "piece"].some((name) => changed.has(name))) return;
    const section = this.#section;
    const before = this.#picture;
    this.#picture = section && this.#subject === "picture" ? this.#draw(section) : null;
    if (this.#picture?.svg !== before?.svg) {
      if (this.image && this.image !== "none") URL.revokeObjectURL(this.image.url);
      this.image = null;
    }
  }

  protected override updated(): void {
    if (this.#picture !== null && this.pictureFormat === "png" && this.image === null) this.#rasterize(this.#picture);
  }

  protected override render(): TemplateResult | typeof nothing {
    const t = this.view.text.export;
    if (this.step === null) return nothing;
    return html`
      <dialog class="dialog export" aria-labelledby="export-name" @close=${this.#closed} @keydown=${this.#key}>
        <form method="dialog" class="dialog-head">
          <h2 id="export-name" tabindex="-1">${t.of(stepName(this.view.text, this.step))}</h2>
          <button class="quiet" aria-label=${this.view.text.reading.close}>×</button>
        </form>
        <div class="export-choices">${this.#choices()}</div>
        <div class="export-preview">${this.#preview()}</div>
        <p class="export-said" role="status">${this.#saying()}</p>
        <div class="buttons">
          <button type="button" @click=${this.#copy}>${this.view.text.copy}</button>
          <button type="button" @click=${this.#download}>${t.download}</button>
        </div>
      </dialog>`;
  }

  #choices(): TemplateResult[] {
    const t = this.view.text.export;
    const subjects: Subject[] = this.#tensors.length > 0 ? ["picture", "numbers", "script"] : ["picture", "script"];
    const what = this.#choice("subject", t.what, this.#subject, subjects, (subject) => t[subject]);
    switch (this.#subject) {
      case "script":
        return [what, html`<p class="aside">${t.scriptNote}</p>`];
      case "picture": {
        const parts = this.#pieces.length > 1 ? this.#pieces.map((_, i) => String(i + 1)) : [];
        const label = (part: string) => (part === "step" || part === "figure" ? t[part] : this.#pieceName(part));
        return [
          what,
          this.#choice("piece", t.part, this.#piece, ["figure", "step", ...parts], label),
          this.#choice("pictureFormat", t.format, this.pictureFormat, ["svg", "png"], (format) => format.toUpperCase()),
        ];
      }
      case "numbers": {
        const format = (id: MatrixFormatId) => MATRIX_FORMATS[id].label;
        return [
          what,
          this.#choice("tensor", t.tensor, this.#tensor, this.#tensors, (id) => html`<code>${TENSORS[id].code}</code>`),
          this.#choice("matrixFormat", t.format, this.matrixFormat, MATRIX_FORMAT_IDS, format),
          this.#choice("digits", t.digits, this.digits, ["all", "shown"], (digits) => t[digits]),
        ];
      }
    }
  }

  /** One of a few values of a property of this element. */
  #choice<
    Name extends "subject" | "piece" | "pictureFormat" | "tensor" | "matrixFormat" | "digits",
    Value extends this[Name],
  >(
    name: Name,
    legend: string,
    chosen: Value,
    values: readonly Value[],
    label: (value: Value) => string | TemplateResult,
  ): TemplateResult {
    const choices = values.map((value) => ({ value, label: label(value) }));
    return choice(legend, `export-${name}`, choices, chosen, (value) => {
      this[name] = value as this[Name];
      this.said = null;
    });
  }

  #preview(): TemplateResult {
    const name = stepName(this.view.text, this.#id);
    // Where a PNG can be neither saved nor copied, its SVG is text that can.
    const isStuck = this.said === "mayBeBlockedPicture" || this.said === "pictureNotCopied";
    const text = this.#text ?? (isStuck ? (this.#picture?.svg ?? null) : null);
    const image = this.#picture && (this.#png?.url ?? imageUrl(this.#picture));
    return html`
      ${image ? html`<img alt=${name} src=${image} />` : nothing}
      ${text === null ? nothing : html`<textarea readonly wrap="off" spellcheck="false" aria-label=${this.#file.replace(".png", ".svg")} .value=${text}></textarea>`}`;
  }

  #saying(): string {
    const { text } = this.view;
    if (this.said === "copied") return text.copied;
    if (this.said === "selected") return text.copySelected;
    if (this.said !== null) return text.export[this.said];
    return this.#picture && this.pictureFormat === "png" && this.image === "none" ? text.export.noPng : "";
  }

  // ---- What is chosen, as far as this step has it ----

  get #section(): HTMLElement | null {
    const root = this.getRootNode() as ShadowRoot;
    return this.step && root.querySelector<HTMLElement>(`section#${this.step}`);
  }

  get #id(): StepId {
    return this.step ?? STEPS[0];
  }

  get #subject(): Subject {
    return this.subject === "numbers" && this.#tensors.length === 0 ? "picture" : this.subject;
  }

  get #pieces(): Element[] {
    const selector = `.step-figure :is(${Object.keys(PIECES)})`;
    const pieces = [...(this.#section?.querySelectorAll(selector) ?? [])];
    return pieces.filter((piece) => !pieces.some((other) => other !== piece && other.contains(piece)));
  }

  #pieceName(number: string): string {
    const piece = this.#pieces[Number(number) - 1];
    const [, name] = Object.entries(PIECES).find(([selector]) => piece?.matches(selector)) ?? [];
    if (name) return this.view.text.export.pieces[name];
    return piece?.getAttribute("aria-label") ?? piece?.querySelector("h3")?.textContent ?? number;
  }

  get #piece(): string {
    return Number(this.piece) > this.#pieces.length ? "figure" : this.piece;
  }

  /** The tensors that the step shows numbers of, in their order there. */
  get #tensors(): TensorId[] {
    const cells = [...(this.#section?.querySelectorAll<HTMLElement>("[data-cell]:not(svg *)") ?? [])];
    const ids = new Set(cells.map(({ dataset }) => (dataset.cell ?? "").split(" ")[0] as TensorId));
    return [...ids].filter((id) => tensorOfCell(this.view.model, id) !== null);
  }

  get #tensor(): TensorId {
    const tensors = this.#tensors;
    const isMatrix = (id: TensorId) => tensorOfCell(this.view.model, id)?.shape.length === 2;
    return tensors.find((id) => id === this.tensor) ?? tensors.findLast(isMatrix) ?? (tensors[0] as TensorId);
  }

  get #png(): { readonly blob: Blob; readonly url: string } | null {
    return this.#picture && this.pictureFormat === "png" && this.image !== "none" ? this.image : null;
  }

  /** What is taken along, if it is text. */
  get #text(): string | null {
    const { state, model, text } = this.view;
    if (this.#subject === "script") return script(state, model, text);
    if (this.#subject === "picture") {
      return this.pictureFormat === "svg" || this.image === "none" ? (this.#picture?.svg ?? "") : null;
    }
    const tensor = tensorOfCell(model, this.#tensor) as Tensor | IndexTensor;
    return MATRIX_FORMATS[this.matrixFormat].write(TENSORS[this.#tensor].code, tensor, this.digits);
  }

  get #file(): string {
    if (this.#subject === "script") return "celoss.py";
    if (this.#subject === "picture") {
      const part = this.#piece === "figure" ? "" : `-${this.#piece}`;
      return `celoss-${this.#id}${part}.${this.#text === null ? "png" : "svg"}`;
    }
    return `celoss-${TENSORS[this.#tensor].code}.${MATRIX_FORMATS[this.matrixFormat].extension}`;
  }

  #draw(section: HTMLElement): Picture {
    const { state, model } = this.view;
    const part =
      this.#piece === "step"
        ? section
        : (this.#pieces[Number(this.#piece) - 1] ?? section.querySelector(".step-figure"));
    const title = `${STEPS.indexOf(this.#id)} ${stepName(this.view.text, this.#id)}`;
    const code =
      this.#id === "question"
        ? questionCode(state.question)
        : dataCode(model.x, state.example.target, state.example.seed);
    return picture(part ?? section, title, `celoss: torch.nn.CrossEntropyLoss from the inside\n${code}`);
  }

  async #rasterize(of: Picture): Promise<void> {
    const blob = await png(of).catch(() => null);
    if (this.#picture === of) this.image = blob ? { blob, url: URL.createObjectURL(blob) } : "none";
  }

  // ---- What the reader does ----

  /** Opens the dialog beside the button that was pressed. */
  async open(step: StepId, opener: HTMLElement): Promise<void> {
    this.step = step;
    this.said = null;
    await this.updateComplete;
    const dialog = this.querySelector("dialog");
    if (!dialog) return;
    await openNear(dialog, opener);
    // Not by autofocus, which a frame of another origin is denied.
    dialog.querySelector("h2")?.focus();
  }

  readonly #closed = (): void => {
    this.step = null;
  };

  /** The page behind hears no keys meanwhile. */
  readonly #key = (event: KeyboardEvent): void => event.stopPropagation();

  readonly #copy = async (): Promise<void> => {
    const text = this.#text;
    if (text !== null) this.said = (await copyText(text)) ? "copied" : "selected";
    else if (this.#png) this.said = (await copyImage(this.#png.blob)) ? "copied" : "pictureNotCopied";
    if (this.said !== null && this.said !== "copied") await this.#select();
  };

  readonly #download = (): void => {
    const text = this.#text;
    const blob = text === null ? this.#png?.blob : new Blob([text], { type: "text/plain;charset=utf-8" });
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = this.#file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    // A sandboxed frame may swallow the file without a word.
    if (origin !== "null" || location.protocol === "file:") return;
    this.said = text === null ? "mayBeBlockedPicture" : "mayBeBlocked";
    void this.#select();
  };

  async #select(): Promise<void> {
    await this.updateComplete;
    const area = this.querySelector("textarea");
    area?.focus();
    area?.select();
    // Where the selection ends nobody would know the text again.
    area?.scrollTo(0, 0);
  }
}
