// Keys that stay in the demo. What is typed here must not reach the shortcuts of the page around: in slides a "." typed into
// x would make the screen black. Whoever listens while an event is on its way down (capture) hears it all the same.

const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];
const PRESSES = ["Enter", " "];

/** What is typed into. It takes every character besides. */
const FIELDS = "input:is([type=text], [type=url]), textarea, select";

/** What takes keys by itself, and which. */
const TAKEN: readonly (readonly [selector: string, keys: readonly string[]])[] = [
  [FIELDS, [...MOVES, "Enter", "Backspace", "Delete"]],
  ["input, [role=grid]", [...MOVES, ...PRESSES]],
  ["button, a, summary", PRESSES],
  // It is modal: nothing of the page around is to move below it.
  ["dialog", [...MOVES, ...PRESSES, "Escape"]],
];

/** With Ctrl or Command: select all, copy, cut, paste, undo, redo. */
const EDITS = ["a", "c", "x", "v", "z", "y"];

export function keepKeys(host: HTMLElement): void {
  /** Keys that went down here and stayed: what follows of them stays too, wherever the focus has gone. */
  const kept = new Set<string>();
  const stop = (event: KeyboardEvent) => kept.has(event.code) && event.stopPropagation();
  host.addEventListener("keydown", (event) => {
    if (stays(event)) kept.add(event.code);
    else kept.delete(event.code);
    stop(event);
  });
  host.addEventListener("keypress", stop);
  host.addEventListener("keyup", (event) => {
    stop(event);
    kept.delete(event.code);
  });
}

function stays(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return true;
  const target = event.composedPath()[0] as Element;
  const { key, isComposing } = event;
  const command = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  if (target.closest(FIELDS)) {
    if (command) return EDITS.includes(key.toLowerCase());
    if (isComposing || key.length === 1 || key === "Dead" || key === "Process") return true;
  }
  if (command || event.altKey) return false;
  return TAKEN.some(([selector, keys]) => keys.includes(key) && target.closest(selector) !== null);
}
