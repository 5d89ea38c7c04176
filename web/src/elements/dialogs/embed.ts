// The dialog that makes the code to embed: what shall be there, how it will look, and three ways to copy it.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { folderOf } from "../../read/address.ts";
import { pack } from "../../state/packing.ts";
import type { Settings, Theme } from "../../state/settings.ts";
import { type Embed, PLACES, type Place, type SnippetName, snippet } from "../../state/snippets.ts";
import { PARTS, type Part, STEPS, type StepId } from "../../state/steps.ts";
import { writeQuery } from "../../state/url.ts";
import { choice } from "../controls/choice.ts";
import { copyText } from "../controls/clipboard.ts";
import { inline } from "../figures/inline.ts";
import { stepName } from "../step-name.ts";
import { ViewElement } from "../view.ts";
import { openNear } from "./dialog.ts";

/** Where the page will be found, while nobody has said. */
const EXAMPLE = "https://example.com/celoss/";
/** The widths of the preview, in pixels: a phone's column, and an article's. */
const WIDTHS = ["360", "680"] as const;

export class CelossEmbed extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    hash: { attribute: false },
    page: { attribute: false },
    chosen: { state: true },
    folder: { state: true },
    refused: { state: true },
    width: { state: true },
    place: { state: true },
    way: { state: true },
    height: { state: true },
    packed: { state: true },
    copied: { state: true },
  };
  /** What the demo shows now, as a hash spells it. */
  declare hash: string;
  /** The address of the page, if it has one. */
  declare page: string | null;
  /** Null while the dialog is closed. */
  declare chosen: Settings | null;
  declare folder: string | null;
  /** What was typed as the folder, and cannot be one. */
  declare refused: string | null;
  declare width: (typeof WIDTHS)[number];
  declare place: Place;
  declare way: SnippetName;
  declare height: number;
  declare packed: string;
  declare copied: "none" | "copied" | "selected";

  readonly #measure = new ResizeObserver(([entry]) => {
    requestAnimationFrame(() => {
      if (entry) this.height = Math.ceil(entry.contentRect.height);
    });
  });

  constructor() {
    super();
    this.hash = "";
    this.page = null;
    this.chosen = null;
    this.folder = null;
    this.refused = null;
    this.width = "680";
    this.place = "html";
    this.way = "growing";
    this.height = 0;
    this.packed = "";
    this.copied = "none";
  }

  /** Opens the dialog beside the button that was pressed, with one step chosen, or the whole page. */
  async open(step: StepId | null, opener: HTMLElement): Promise<void> {
    const { language, theme } = this.view.state;
    this.chosen = { steps: step === null ? STEPS : [step], hide: [], readonly: false, language, theme };
    if (this.view.room === "none") this.width = "360";
    this.packed = await pack(this.hash);
    await this.updateComplete;
    const dialog = this.querySelector("dialog");
    if (dialog) await openNear(dialog, opener);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { chosen } = this;
    if (chosen === null) return nothing;
    const { text } = this.view;
    const t = text.embed;
    return html`
      <dialog class="dialog" aria-labelledby="embed-name" @close=${this.#closed}>
        <form method="dialog" class="dialog-head">
          <h2 id="embed-name">${t.name}</h2>
          <button class="quiet" aria-label=${t.close}>×</button>
        </form>
        <div class="dialog-body">
          <div class="dialog-choices">
            ${this.#checks(
              t.steps,
              STEPS.map((id) => ({ id, name: stepName(this.view.text, id) })),
              chosen.steps,
              // Something is always shown: the last one stays.
              (steps) => this.#choose(steps.length > 0 ? { steps } : {}),
            )}
            <button type="button" ?disabled=${chosen.steps.length === STEPS.length} @click=${() => this.#choose({ steps: STEPS })}>${t.all}</button>
            ${this.#checks(
              t.hide,
              this.#hideable.map((id) => ({ id, name: t.parts[id] })),
              chosen.hide,
              (hide) => this.#choose({ hide }),
            )}
            <label class="check"><input type="checkbox" .checked=${chosen.readonly} @change=${(event: Event) => this.#choose({ readonly: (event.target as HTMLInputElement).checked })} /><span>${t.readonly}</span></label>
            ${choice(
              text.theme.label,
              "embed-theme",
              (["auto", "light", "dark"] as const).map((theme) => ({ value: theme, label: text.theme[theme] })),
              chosen.theme,
              (theme) => this.#choose({ theme: theme as Theme }),
            )}
            ${choice(
              t.language,
              "embed-language",
              [
                { value: "zh", label: html`<span lang="zh-CN">中文</span>` },
                { value: "en", label: html`<span lang="en">English</span>` },
              ],
              chosen.language,
              (language) => this.#choose({ language: language as Settings["language"] }),
            )}
            <label class="field"><span>${t.address}</span><input type="url" .value=${this.#folder} spellcheck="false" @change=${(event: Event) => this.#retype(event.target as HTMLInputElement)} /></label>
            <p class="hint" aria-live="polite">${this.refused === null ? t.addressHint : inline(text.link.address(t.address, this.refused))}</p>
          </div>
          <div class="dialog-preview">
            ${choice(
              t.preview,
              "embed-width",
              WIDTHS.map((width) => ({ value: width, label: t.widths[width] })),
              this.width,
              (width) => {
                this.width = width as (typeof WIDTHS)[number];
              },
            )}
            <div class="preview" role="region" aria-label=${t.preview} tabindex="0"><div class="preview-page" data-width=${this.width}>${this.#preview(chosen)}</div></div>
          </div>
          <div class="dialog-result">
            ${choice(
              t.place,
              "embed-place",
              Object.entries(PLACES).map(([value, { name }]) => ({ value, label: name })),
              this.place,
              (place) => {
                this.place = place as Place;
              },
            )}
            <p class="hint">${inline(t.placeHints[this.place])}</p>
            ${choice(
              t.way,
              "embed-way",
              PLACES[this.place].ways.map((way) => ({ value: way, label: t.ways[way] })),
              this.#way,
              (way) => {
                this.way = way as SnippetName;
              },
            )}
            <p class="hint">${t.wayHints[this.#way]}</p>
            <textarea class="snippet" readonly spellcheck="false" rows="6" aria-label=${t.code} .value=${this.#snippet}></textarea>
            <button type="button" aria-live="polite" @click=${this.#copy}>${{ none: t.copy, copied: text.copied, selected: text.copySelected }[this.copied]}</button>
          </div>
        </div>
      </dialog>`;
  }

  /** One step has no list of steps. */
  get #hideable(): readonly Part[] {
    return PARTS.filter((id) => id !== "rail" || (this.chosen?.steps.length ?? 0) > 1);
  }

  #checks<Id extends string>(
    legend: string,
    items: readonly { readonly id: Id; readonly name: string }[],
    chosen: readonly Id[],
    choose: (ids: readonly Id[]) => void,
  ): TemplateResult {
    return html`
      <fieldset class="checks">
        <legend>${legend}</legend>
        ${items.map(
          ({ id, name }) => html`<label class="check"><input
            type="checkbox"
            .checked=${live(chosen.includes(id))}
            @change=${(event: Event) => {
              const on = (event.target as HTMLInputElement).checked;
              choose(items.map((item) => item.id).filter((item) => (item === id ? on : chosen.includes(item))));
            }}
          /><span>${name}</span></label>`,
        )}
      </fieldset>`;
  }

  #choose(change: Partial<Settings>): void {
    if (this.chosen) this.chosen = { ...this.chosen, ...change };
  }

  /** Just what an article would show: the element itself. What is changed in it would go nowhere, so nothing can be. */
  #preview(chosen: Settings): TemplateResult {
    return html`<cross-entropy-demo
      inert
      .query=${writeQuery(chosen)}
      .hash=${this.hash}
      .page=${`${this.#folder}index.html`}
    ></cross-entropy-demo>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("chosen")) return;
    this.#measure.disconnect();
    const preview = this.querySelector("cross-entropy-demo");
    if (preview) this.#measure.observe(preview);
  }

  get #folder(): string {
    return this.folder ?? (this.page?.startsWith("http") ? this.page.replace(/[^/]*$/, "") : EXAMPLE);
  }

  /** What was typed where the files are; nothing means where they are now. */
  #retype(input: HTMLInputElement): void {
    const typed = input.value.trim();
    const folder = typed === "" ? null : folderOf(typed);
    this.refused = typed !== "" && folder === null ? typed : null;
    if (this.refused !== null) return;
    this.folder = folder;
    input.value = this.#folder;
  }

  /** What was chosen, or the first that can go there. */
  get #way(): SnippetName {
    const ways: readonly SnippetName[] = PLACES[this.place].ways;
    return ways.includes(this.way) ? this.way : (ways[0] ?? "fixed");
  }

  get #snippet(): string {
    const { chosen, view } = this;
    if (chosen === null) return "";
    const embed: Embed = {
      folder: this.#folder,
      query: writeQuery(chosen),
      hash: this.hash,
      packed: this.packed,
      title: view.text.embed.title(
        chosen.steps.length === STEPS.length ? [] : chosen.steps.map((id) => stepName(view.text, id)),
      ),
      height: this.height,
    };
    return snippet(this.#way, embed, this.place);
  }

  async #copy(): Promise<void> {
    this.copied = (await copyText(this.#snippet)) ? "copied" : "selected";
    if (this.copied === "selected") this.querySelector<HTMLTextAreaElement>(".snippet")?.select();
    setTimeout(() => {
      this.copied = "none";
    }, 4000);
  }

  #closed(): void {
    this.chosen = null;
  }
}
