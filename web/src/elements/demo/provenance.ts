// Asking a number where it comes from, by pointer, by focus and by tap. One place hears it for all figures: whatever
// carries data-cell can be asked, and the operands of a formula (data-operand) point back at their cells.

import { send } from "../../state/events.ts";
import type { CellRef, TensorId } from "../../state/lesson/cell.ts";

/** Hears pointers and focus below root and sends "ask" upward. */
export function listenForQuestions(root: ShadowRoot): void {
  const cellAt = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  const ask = (cell: HTMLElement | null) => {
    if (cell === null) send(root.host, { type: "ask", cell });
    else
      send(root.host, {
        type: "ask",
        cell: parseKey(cell.dataset.cell ?? ""),
        step: cell.closest("section")?.id ?? "",
      });
  };

  root.addEventListener("pointerover", (event) => {
    if ((event as PointerEvent).pointerType === "touch") return;
    const cell = cellAt(event.target);
    if (cell !== null) ask(cell);
    point(root, event.target);
  });
  root.addEventListener("pointerout", (event) => {
    if ((event as PointerEvent).pointerType === "touch") return;
    if (cellAt(event.target) !== null && cellAt((event as PointerEvent).relatedTarget) === null)
      ask(cellAt(root.activeElement));
  });
  root.addEventListener("focusin", (event) => {
    const cell = cellAt(event.target);
    if (cell !== null) ask(cell);
  });
  root.addEventListener("focusout", (event) => {
    // A window that loses the focus keeps its active element, and its answer.
    if (event.target === root.activeElement) return;
    if (cellAt(event.target) !== null && cellAt((event as FocusEvent).relatedTarget) === null) ask(null);
  });
  // A tap or a click keeps the question open; not every browser moves the focus by itself. An input it does focus, and
  // one that was dragged must stay without, so that it can be dragged again.
  root.addEventListener("click", (event) => {
    const cell = cellAt(event.target);
    if (cell && !(cell instanceof HTMLInputElement)) cell.focus({ preventScroll: true });
  });
  root.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") ask(null);
  });
}

/** Lights the cells of the operand under the pointer. */
function point(root: ShadowRoot, target: EventTarget | null): void {
  for (const element of root.querySelectorAll("[data-pointed]")) element.removeAttribute("data-pointed");
  const key = target instanceof Element ? target.closest<HTMLElement>("[data-operand]")?.dataset.operand : undefined;
  if (key === undefined) return;
  for (const element of root.querySelectorAll(`[data-cell="${key}"], [data-operand="${key}"]`)) {
    element.setAttribute("data-pointed", "");
  }
}

function parseKey(key: string): CellRef {
  const [tensor, row, column] = key.split(" ");
  return { tensor: tensor as TensorId, row: Number(row), column: Number(column) };
}
