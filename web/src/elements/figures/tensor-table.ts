// A matrix or a column of numbers. Rows are samples, columns are classes; every number can be asked.

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { range } from "../../state/range.ts";
import { InnerElement, plain } from "../inner-element.ts";
import { glow, light } from "./glow.ts";
import { number } from "./number.ts";
import { styled } from "./style.ts";

/** How the bar behind a number shows its size: from the left, or to both sides of a centre line. */
type Bars = "magnitude" | "signed";

export class CelossTensorTable extends InnerElement {
  static override properties = {
    tensor: plain,
    name: plain,
    cellName: plain,
    values: plain,
    shape: plain,
    target: plain,
    lights: plain,
    bars: plain,
    scale: plain,
    position: { state: true },
  };
  /** The first word of its cells' keys. */
  declare tensor: string;
  /** What stands above the matrix, and names it. */
  declare name: string;
  /** What a screen reader calls a number. */
  declare cellName: (row: number, column: number) => string;
  /** Row by row; empty: there are none now. */
  declare values: Float32Array | Float64Array | readonly number[];
  /** Rows, and columns where it is a matrix. */
  declare shape: readonly number[];
  /** The column of each row that is ringed. */
  declare target: readonly number[];
  /** How each number takes part in what is asked, as the values; empty: nothing is asked. */
  declare lights: readonly (string | null)[];
  declare bars: Bars;
  /** The numbers whose largest has the longest bar. */
  declare scale: readonly number[];
  /** The cell that Tab reaches; the arrow keys move it. */
  declare position: readonly [row: number, column: number];

  constructor() {
    super();
    this.lights = [];
    this.position = [0, 0];
  }

  get #rows(): number {
    return this.shape[0] ?? 0;
  }

  /** Null: a column without a head. */
  get #classes(): number | null {
    return this.shape[1] ?? null;
  }

  protected override render(): TemplateResult {
    const columns = this.#classes ?? 1;
    const largest = Math.max(0, ...this.scale.map(Math.abs).filter(Number.isFinite));
    return html`
      <div class="tensor" part="matrix" data-bars=${this.bars}>
        <div class="tensor-name" aria-hidden="true">${this.name}</div>
        <div class="tensor-scroll" @scroll=${markScrolled}>
          ${light()}
          <table role="grid" aria-label=${this.name} @keydown=${this.#move} @focusin=${this.#follow}>
            ${this.#classes === null ? nothing : this.#head(columns)}
            <tbody>
              ${range(this.#rows).map(
                (row) => html`
                  <tr role="row">
                    <th role="rowheader" scope="row">${row}</th>
                    ${range(columns).map((column) => this.#cell(row, column, columns, largest))}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </div>`;
  }

  #head(columns: number): TemplateResult {
    return html`
      <thead>
        <tr role="row">
          <td></td>
          ${range(columns).map(
            (column) => html`<th role="columnheader" scope="col" data-class=${column}>${column}</th>`,
          )}
        </tr>
      </thead>`;
  }

  #cell(row: number, column: number, columns: number, largest: number): TemplateResult {
    const isMatrix = this.#classes !== null;
    const index = row * columns + column;
    const value = this.values[index] ?? Number.NaN;
    const size = Number.isFinite(value) && largest > 0 ? Math.abs(value) / largest : 0;
    const [activeRow, activeColumn] = this.position;
    const text = this.#text(index);
    return html`
      <td
        role="gridcell"
        class=${brackets(column, columns)}
        data-cell=${this.#key(row, column)}
        data-class=${isMatrix ? column : nothing}
        data-light=${this.lights[index] ?? nothing}
        ?data-target=${isMatrix && column === this.target[row]}
        tabindex=${row === activeRow && column === activeColumn ? 0 : -1}
        aria-label=${`${this.cellName(row, column)}: ${text}`}
      >
        <span class="bar" ?data-negative=${value < 0} ${styled({ "background-size": `${100 * size}% 100%` })}></span>
        ${number(text)}
      </td>`;
  }

  #key(row: number, column: number): string {
    return `${this.tensor} ${row} ${column}`;
  }

  /** A number as it is shown; a dash while there is none. */
  #text(index: number): string {
    const value = this.values[index];
    return value === undefined ? "–" : figure(value);
  }

  #shown = new Map<string, string>();

  protected override updated(changed: PropertyValues): void {
    if (changed.has("values") || changed.has("shape")) {
      const shown = new Map<string, string>();
      const others: Element[] = [];
      for (const [index, td] of this.querySelectorAll<HTMLElement>("[data-cell]").entries()) {
        const key = td.dataset.cell ?? "";
        const text = this.#text(index);
        const before = this.#shown.get(key);
        if (before !== undefined && before !== text) others.push(td);
        shown.set(key, text);
      }
      this.#shown = shown;
      glow(this, others);
    }
    // A removed row or column must not take the tab stop with it.
    const [row, column] = this.position;
    if (row >= this.#rows || column >= (this.#classes ?? 1)) this.position = [0, 0];
  }

  #follow(event: FocusEvent): void {
    const td = (event.target as Element).closest<HTMLElement>("[data-cell]");
    const [, row, column] = (td?.dataset.cell ?? "").split(" ");
    if (row !== undefined && column !== undefined) this.position = [Number(row), Number(column)];
  }

  #move(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const [row, column] = this.position;
    const rows = this.#rows;
    const columns = this.#classes ?? 1;
    const clamp = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
    const target: Record<string, [number, number]> = {
      ArrowUp: [clamp(row - 1, rows), column],
      ArrowDown: [clamp(row + 1, rows), column],
      ArrowLeft: [row, clamp(column - 1, columns)],
      ArrowRight: [row, clamp(column + 1, columns)],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? rows - 1 : row, columns - 1],
    };
    const to = target[event.key];
    if (!to) return;
    event.preventDefault();
    this.querySelector<HTMLElement>(`[data-cell="${this.#key(...to)}"]`)?.focus();
  }
}

/** The classes of an outer cell: the brackets stand there. */
export function brackets(column: number, columns: number): string {
  return `${column === 0 ? "open" : ""} ${column === columns - 1 ? "close" : ""}`;
}

/** What stays at the edge of a matrix needs a ground of its own as soon as numbers pass below it. */
export function markScrolled(event: Event): void {
  const scroller = event.currentTarget as HTMLElement;
  scroller.toggleAttribute("data-scrolled", scroller.scrollLeft > 0);
}
