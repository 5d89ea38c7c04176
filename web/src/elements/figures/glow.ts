// A brief light on numbers that changed; they never run through wrong values. It moves nothing, so it stays under reduced
// motion. Each matrix has one light for all of its numbers, behind them, and all that fades is its opacity: the browser's
// compositor does that alone, where colours of many cells would have to be painted anew in every frame.

import { html, type TemplateResult } from "lit";

const FADE = { duration: 400, easing: "ease-in" } as const;

/** What changed since the last frame, by the light behind it. */
const changed = new Map<SVGElement, Element[]>();

const fading = new WeakMap<SVGElement, Animation>();

/** The light of a matrix, out until something changes. It stands in .tensor-scroll. */
export function light(): TemplateResult {
  return html`<svg class="glow" aria-hidden="true"><path></path></svg>`;
}

/** Lights cells of one matrix in the next frame, if they are in sight. */
export function glow(matrix: Element, cells: readonly Element[]): void {
  const svg = matrix.querySelector<SVGElement>("svg.glow");
  if (svg === null || cells.length === 0) return;
  if (changed.size === 0) requestAnimationFrame(fade);
  changed.set(svg, [...(changed.get(svg) ?? []), ...cells]);
}

/** Reads all places before it writes anything, so that nothing is laid out twice. */
function fade(): void {
  const lights = [...changed]
    // What is out of sight has no place without a layout of its own.
    .filter(([svg]) => svg.checkVisibility({ contentVisibilityAuto: true }))
    .map(([svg, cells]) => ({ svg, outline: outline(svg, cells) }));
  changed.clear();
  for (const { svg, outline } of lights) {
    svg.firstElementChild?.setAttribute("d", outline);
    fading.get(svg)?.cancel();
    fading.set(svg, svg.animate([{ opacity: 1 }, { opacity: 0 }], FADE));
  }
}

/** The rectangles of the cells, as a path. */
function outline(svg: SVGElement, cells: readonly Element[]): string {
  const { left, top } = svg.getBoundingClientRect();
  return cells
    .map((cell) => cell.getBoundingClientRect())
    .map((box) => `M${box.left - left},${box.top - top}h${box.width}v${box.height}h${-box.width}z`)
    .join("");
}
