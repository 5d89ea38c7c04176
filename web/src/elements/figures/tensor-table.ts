// A matrix or a column of numbers. Rows are samples, columns are classes; every number can be asked.

import { html, nothing, type TemplateResult } from "lit";
import { cell, cellKey, type TensorId } from "../../state/lesson/cell.ts";
import { tensorOfCell, valuesOf } from "../../state/lesson/derive.ts";
import { range } from "../../state/range.ts";
import { cellLabel, cellText, lightOf } from "../steps/cell.ts";
import { ViewElement } from "../view.ts";

/** How the bar behind a number shows its size: from the left, or to both sides of a centre line. */
type Bars = "magnitude" | "signed" | "none";

export class CelossTensorTable extends ViewElement {
  static override properties = {
    ...ViewElement.properties,
    tensor: { attribute: false },
    name: { attribute: false },
    bars: { attribute: false },
    scale: { attribute: false },
    position: { state: true },
  };
  declare tensor: TensorId;
  /** What stands above the matrix, and names it. */
  declare name: string;
  declare bars: Bars;
  /** The tensors whose largest number has the longest bar; by default this one alone. */
  declare scale: readonly TensorId[] | null;
  /** The cell that Tab reaches; the arrow keys move it. */
  declare position: readonly [row: number, column: number];

  #shown = new Map<string, string>();

  constructor() {
    super();
    this.bars = "magnitude";
    this.scale = null;
    this.position = [0, 0];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this.view;
    const tensor = tensorOfCell(model, this.tensor);
    const isMatrix = tensor ? tensor.shape.length === 2 : false;
    const columns = isMatrix ? model.classes : 1;
    const rows = isMatrix ? model.samples : (tensor?.shape[0] ?? model.samples);
    const values = valuesOf(model, this.tensor);
    const scale = (this.scale ?? [this.tensor]).flatMap((id) => valuesOf(model, id));
    const largest = Math.max(0, ...scale.map(Math.abs).filter(Number.isFinite));

    return html`
      <div class="tensor" part="matrix" data-bars=${this.bars}>
        <div class="tensor-name" aria-hidden="true">${this.name}</div>
        <div class="tensor-scroll" @scroll=${markScrolled}>
          <table role="grid" aria-label=${this.name} @keydown=${this.#move} @focusin=${this.#follow}>
            ${isMatrix ? this.#head(columns) : nothing}
            <tbody>
              ${range(rows).map(
                (row) => html`
                  <tr role="row">
                    <th role="rowheader" scope="row">${row}</th>
                    ${range(columns).map((column) => this.#cell(row, column, isMatrix, values[row * columns + column] ?? Number.NaN, largest))}
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

  #cell(row: number, column: number, isMatrix: boolean, value: number, largest: number): TemplateResult {
    const ref = cell(this.tensor, row, column);
    const label = this.view.model.graph.target[row];
    const size = Number.isFinite(value) && largest > 0 ? Math.abs(value) / largest : 0;
    const [activeRow, activeColumn] = this.position;
    return html`
      <td
        role="gridcell"
        class=${brackets(column, isMatrix ? this.view.model.classes : 1)}
        data-cell=${cellKey(ref)}
        data-class=${isMatrix ? column : nothing}
        data-light=${lightOf(this.view, ref) ?? nothing}
        ?data-target=${isMatrix && column === label}
        tabindex=${row === activeRow && column === activeColumn ? 0 : -1}
        aria-label=${cellLabel(this.view, ref)}
      >
        <span class="bar" ?data-negative=${value < 0} .style=${`--size: ${size}`}></span>
        <span class="number">${cellText(this.view, ref)}</span>
      </td>`;
  }

  /** Numbers that changed glow for a moment; they never run through wrong values. */
  protected override updated(): void {
    const shown = new Map<string, string>();
    for (const td of this.querySelectorAll<HTMLElement>("[data-cell]")) {
      const key = td.dataset.cell ?? "";
      const text = td.textContent?.trim() ?? "";
      shown.set(key, text);
      const before = this.#shown.get(key);
      if (before !== undefined && before !== text) glow(td);
    }
    this.#shown = shown;
    // A removed row or column must not take the tab stop with it.
    const [row, column] = this.position;
    if (!this.querySelector('[tabindex="0"]') && (row > 0 || column > 0)) this.position = [0, 0];
  }

  #follow(event: FocusEvent): void {
    const td = (event.target as Element).closest<HTMLElement>("[data-cell]");
    const [, row, column] = (td?.dataset.cell ?? "").split(" ");
    if (row !== undefined && column !== undefined) this.position = [Number(row), Number(column)];
  }

  #move(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const [row, column] = this.position;
    const rows = this.querySelectorAll("tbody tr").length;
    const columns = (this.querySelectorAll("tbody td").length || 1) / (rows || 1);
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
    this.querySelector<HTMLElement>(`[data-cell="${cellKey(cell(this.tensor, ...to))}"]`)?.focus();
  }
}

/** The classes of an outer cell: the brackets stand there. */
export function brackets(column: number, columns: number): string {
  return `${column === 0 ? "open" : ""} ${column === columns - 1 ? "close" : ""}`;
}

/** A brief light on something that changed. It moves nothing, so it stays under reduced motion. */
export function glow(element: Element): void {
  element.animate?.([{ backgroundColor: "var(--glow)" }, { backgroundColor: "transparent" }], {
    duration: 400,
    easing: "ease-in",
  });
}

/** What stays at the edge of a matrix needs a ground of its own as soon as numbers pass below it. */
export function markScrolled(event: Event): void {
  const scroller = event.currentTarget as HTMLElement;
  scroller.toggleAttribute("data-scrolled", scroller.scrollLeft > 0);
}
