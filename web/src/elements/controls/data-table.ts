// x and y where they can be changed: every number an input, every label picked on its row.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { bring, send } from "../../state/events.ts";
import type { Action } from "../../state/lesson/actions.ts";
import { cell, cellKey } from "../../state/lesson/cell.ts";
import { type EntryProblem, held } from "../../state/lesson/entry.ts";
import { readLogits } from "../../state/lesson/late.ts";
import { isBatch, MAX_CLASSES, MAX_SAMPLES, MIN_CLASSES } from "../../state/lesson/limits.ts";
import { range } from "../../state/range.ts";
import { glow, light } from "../figures/glow.ts";
import { inline } from "../figures/inline.ts";
import { styled } from "../figures/style.ts";
import { brackets, markScrolled } from "../figures/tensor-table.ts";
import { ViewElement } from "../view.ts";
import { lightOf } from "./cell.ts";
import { spent } from "./spent-button.ts";
import { wayBack } from "./way-back.ts";

const STEP = { plain: 0.1, large: 1 } as const;
/** A drag of this many pixels is one step. */
const SCRUB_PIXELS = 6;
const SCRUB_STEP = 0.01;

const MORE_THAN_A_NUMBER = /[\s,;，；、[({【［]/;

export class CelossDataTable extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    position: { state: true },
    editing: { state: true },
  };
  /** The input that Tab reaches. */
  declare position: readonly [row: number, column: number];
  /** The focused input: it shows what was typed, the others four decimals. */
  declare editing: string | null;
  /** Counts drags and visits to an input: each is one step of undo. */
  #gestures = 0;
  #values = new Map<string, number>();

  constructor() {
    super();
    this.position = [0, 0];
    this.editing = null;
  }

  protected override render(): TemplateResult {
    const { text, state, model, room, given } = this.view;
    const { samples, classes } = model;
    const t = text.data;
    /** Beside a matrix that follows, or on a phone, the labels stand under their rows. */
    const narrow = room === "none" || (room === "some" && given !== "data");
    /** The step of the labels has labels of its own. */
    const labelled = given !== "labels";
    const digits = Math.max(...Array.from(model.x.data, (value) => figure(value).length));
    return html`
      <div class="tensor data-table">
        <div class="tensor-scroll" @scroll=${markScrolled}>
          ${light()}
          <table aria-label=${labelled ? "x, y" : "x"} ${styled({ "--digits": String(digits) })}>
            <thead>
              <tr>
                <td></td>
                ${range(classes).map(
                  (column) => html`<th scope="col" data-class=${column}>
                    ${column} ${this.#remove(t.removeClass(column), classes <= MIN_CLASSES, { type: "removeClass", column })}
                  </th>`,
                )}
                ${labelled && !narrow ? html`<th scope="col" class="label-head">y</th>` : nothing}
                <td></td>
              </tr>
            </thead>
            <tbody>
              ${range(samples).map(
                (row) => html`<tr>
                  <th scope="row">${row}</th>
                  ${range(classes).map((column) => this.#entry(row, column))}
                  ${labelled && !narrow ? html`<td class="labels">${this.#labels(row)}</td>` : nothing}
                  <td>${this.#remove(t.removeSample(row), samples <= 1, { type: "removeSample", row })}</td>
                </tr>
                ${
                  labelled && narrow
                    ? html`<tr>
                        <th scope="row">y</th>
                        <td class="labels open close" colspan=${classes}>${this.#labels(row)}</td>
                        <td></td>
                      </tr>`
                    : nothing
                }`,
              )}
            </tbody>
          </table>
        </div>
        <div class="below-table">
          ${
            state.readonly
              ? nothing
              : html`<div class="grow">
                  <button type="button" ${spent(samples >= MAX_SAMPLES)} @click=${() => send(this, { type: "addSample" })}>+ ${t.addSample}</button>
                  <button type="button" ${spent(classes >= MAX_CLASSES)} @click=${() => send(this, { type: "addClass" })}>+ ${t.addClass}</button>
                </div>`
          }
          ${given === "data" ? nothing : wayBack(this.view)}
          <ul class="problems" id="data-problems" aria-live="polite">
            ${model.problems.flatMap((problems, row) =>
              problems.map((problem, column) =>
                this.#problem(problem, row, column, state.example.x[row]?.[column]?.text ?? ""),
              ),
            )}
          </ul>
        </div>
      </div>`;
  }

  #remove(name: string, disabled: boolean, action: Action): TemplateResult | typeof nothing {
    if (this.view.state.readonly) return nothing;
    return html`<button
      type="button"
      class="remove"
      aria-label=${name}
      title=${name}
      ?disabled=${disabled}
      @click=${(event: Event) => this.#takeAway(event.currentTarget as HTMLButtonElement, action)}
    >×</button>`;
  }

  /** The last button goes with what it takes away, or has nothing more to do: the focus goes to the one before it. */
  #takeAway(button: HTMLButtonElement, action: Action): void {
    const others = button.closest("thead, tbody");
    const focused = button.matches(":focus");
    send(this, action);
    requestAnimationFrame(() => {
      if (!focused || (button.isConnected && !button.disabled)) return;
      const left = [...(others?.querySelectorAll<HTMLElement>("button.remove:enabled") ?? [])].at(-1);
      (left ?? this.querySelector<HTMLElement>("input[data-cell]"))?.focus();
    });
  }

  #entry(row: number, column: number): TemplateResult {
    const { text, state, model } = this.view;
    const entry = state.example.x[row]?.[column];
    const problem = model.problems[row]?.[column] ?? null;
    const ref = cell("x", row, column);
    const key = cellKey(ref);
    const bad = problem !== null && problem !== "inf";
    const value = held(entry?.value ?? 0, state.example.dtype);
    const shown = this.editing === key || bad ? (entry?.text ?? "") : figure(value);
    return html`
      <td class="entry ${brackets(column, model.classes)}" data-class=${column} ?data-target=${this.view.given !== "labels" && state.example.target[row] === column}>
        <input
          type="text"
          inputmode="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          ?readonly=${state.readonly}
          data-cell=${key}
          data-light=${lightOf(this.view, ref) ?? nothing}
          aria-label=${text.data.entry(row, column)}
          aria-invalid=${bad ? "true" : "false"}
          aria-describedby=${problem === null ? nothing : "data-problems"}
          tabindex=${row === this.position[0] && column === this.position[1] ? 0 : -1}
          .value=${shown}
          @focus=${(event: FocusEvent) => this.#focused(event.target as HTMLInputElement, row, column)}
          @blur=${() => {
            this.editing = null;
          }}
          @input=${(event: Event) =>
            send(this, {
              type: "retype",
              row,
              column,
              text: (event.target as HTMLInputElement).value,
              gesture: `type ${this.#gestures}`,
            })}
          @keydown=${(event: KeyboardEvent) => this.#key(event, row, column)}
          @paste=${(event: ClipboardEvent) => this.#paste(event, event.clipboardData)}
          @drop=${(event: DragEvent) => this.#paste(event, event.dataTransfer)}
          @pointerdown=${(event: PointerEvent) => this.#scrub(event, row, column)}
        />
      </td>`;
  }

  #labels(row: number): TemplateResult {
    const { text, state, model } = this.view;
    const label = state.example.target[row] ?? 0;
    const choices = range(model.classes);
    const lost = label >= model.classes;
    return html`
      <div class="label-choice" role="radiogroup" aria-label=${text.data.label(row)} data-cell=${cellKey(cell("target", row))} data-light=${lightOf(this.view, cell("target", row)) ?? nothing}>
        ${lost ? html`<span class="lost-label">${label}</span>` : nothing}
        ${choices.map(
          (choice) => html`<label data-class=${choice}>
            <input
              type="radio"
              name=${`label-${row}`}
              value=${choice}
              aria-label=${String(choice)}
              ?disabled=${state.readonly}
              .checked=${choice === label}
              @change=${() => send(this, { type: "setLabel", row, label: choice })}
            /><span>${choice}</span>
          </label>`,
        )}
      </div>`;
  }

  #problem(problem: EntryProblem, row: number, column: number, typed: string): TemplateResult | typeof nothing {
    const t = this.view.text.data;
    if (problem === null) return nothing;
    const says = {
      empty: () => t.problems.empty,
      notANumber: () => t.problems.notANumber(typed),
      inf: () => t.problems.inf(typed, this.view.state.example.dtype),
    }[problem];
    return html`<li>${t.at(row, column)}${inline(says())}</li>`;
  }

  protected override updated(): void {
    const { data } = this.view.model.x;
    const values = new Map<string, number>();
    const others: Element[] = [];
    for (const input of this.querySelectorAll<HTMLInputElement>("input[data-cell]")) {
      const key = input.dataset.cell ?? "";
      const [, row, column] = key.split(" ").map(Number);
      const value = data[(row ?? 0) * this.view.model.classes + (column ?? 0)] ?? 0;
      values.set(key, value);
      const before = this.#values.get(key);
      if (before !== undefined && !Object.is(before, value)) others.push(input);
    }
    this.#values = values;
    glow(this, others);
    const [row, column] = this.position;
    if (row >= this.view.model.samples || column >= this.view.model.classes) this.position = [0, 0];
  }

  #focused(input: HTMLInputElement, row: number, column: number): void {
    this.#gestures++;
    this.position = [row, column];
    this.editing = cellKey(cell("x", row, column));
    // All selected, so that typing replaces the number; after the text has changed from four decimals to all digits.
    this.updateComplete.then(() => input.select());
  }

  #key(event: KeyboardEvent, row: number, column: number): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const input = event.target as HTMLInputElement;
    const { samples, classes } = this.view.model;
    const atStart = input.selectionStart === 0;
    const atEnd = input.selectionEnd === input.value.length;
    const index = row * classes + column;
    const nudge = (direction: 1 | -1) =>
      send(this, {
        type: "nudge",
        row,
        column,
        step: direction * (event.shiftKey ? STEP.large : STEP.plain),
        gesture: `keys ${row} ${column}`,
      });
    const moves: Record<string, () => void> = {
      ArrowUp: () => nudge(1),
      ArrowDown: () => nudge(-1),
      Enter: () => this.#go(event.shiftKey ? row - 1 : row + 1, column),
    };
    if (!event.shiftKey && atStart) moves.ArrowLeft = () => this.#goTo(index - 1);
    if (!event.shiftKey && atEnd) moves.ArrowRight = () => this.#goTo(index + 1);
    const move = moves[event.key];
    if (!move || (event.key === "ArrowRight" && index + 1 >= samples * classes)) return;
    event.preventDefault();
    move();
  }

  #goTo(index: number): void {
    const { classes } = this.view.model;
    this.#go(Math.floor(index / classes), ((index % classes) + classes) % classes);
  }

  #go(row: number, column: number): void {
    this.querySelector<HTMLElement>(`[data-cell="${cellKey(cell("x", row, column))}"]`)?.focus();
  }

  /** More than one number means all of x; what finds no room here goes where any batch does. */
  async #paste(event: Event, brought: DataTransfer | null): Promise<void> {
    const text = brought?.getData("text/plain") ?? "";
    if (!MORE_THAN_A_NUMBER.test(text.trim())) return;
    event.preventDefault();
    const logits = await readLogits(text);
    if (!logits.ok && isBatch(logits.problem) && bring(this, text)) return;
    send(this, { type: "paste", text, logits });
  }

  /** Dragging a number sideways changes it; a plain click goes on to edit it. */
  #scrub(event: PointerEvent, row: number, column: number): void {
    const input = event.target as HTMLInputElement;
    if (event.button !== 0 || this.view.state.readonly || this.editing === cellKey(cell("x", row, column))) return;
    const gesture = `drag ${this.#gestures++}`;
    let steps = 0;
    // From the beginning: the first move may lead out of the input.
    input.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const now = Math.trunc((moved.clientX - event.clientX) / SCRUB_PIXELS);
      if (now === steps) return;
      moved.preventDefault();
      input.blur();
      send(this, { type: "nudge", row, column, step: (now - steps) * SCRUB_STEP, gesture });
      steps = now;
    };
    /** A click selects the whole number; left to itself, the browser would place its caret now. */
    const select = (up: MouseEvent) => {
      up.preventDefault();
      input.select();
    };
    const end = () => {
      if (steps === 0) input.addEventListener("mouseup", select, { once: true });
      input.removeEventListener("pointermove", move);
      input.removeEventListener("pointerup", end);
      input.removeEventListener("pointercancel", end);
    };
    input.addEventListener("pointermove", move);
    input.addEventListener("pointerup", end);
    input.addEventListener("pointercancel", end);
  }
}
