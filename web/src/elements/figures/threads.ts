// Thin curves from the cells that a number is made of to the number itself, within its figure.

import { cellKey } from "../../state/lesson/cell.ts";
import { sources } from "../../state/lesson/provenance.ts";
import type { View } from "../view.ts";

/** Draws the threads of the asked number into svg, which lies over the whole page. */
export function threads(svg: SVGSVGElement, root: ShadowRoot, view: View): void {
  const { asked } = view.state;
  const paths = asked === null || view.lights.size === 0 ? [] : curves(svg, root, view);
  svg.replaceChildren(
    ...paths.map((d) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      return path;
    }),
  );
}

function curves(svg: SVGSVGElement, root: ShadowRoot, view: View): string[] {
  const { asked, askedIn } = view.state;
  if (asked === null) return [];
  const figure = root.querySelector(`#${askedIn} .step-figure`);
  if (!figure) return [];
  const origin = svg.getBoundingClientRect();
  const place = (element: Element) => {
    const box = element.getBoundingClientRect();
    return {
      left: box.left - origin.left,
      right: box.right - origin.left,
      top: box.top - origin.top,
      bottom: box.bottom - origin.top,
    };
  };
  const shown = [...figure.querySelectorAll(`[data-cell="${cellKey(asked)}"]`)];
  const target = shown.find((element) => element.matches(":hover, :focus")) ?? shown[0];
  if (!target) return [];
  const to = place(target);
  return sources(asked, view.model.graph).flatMap((source) => {
    const element = figure.querySelector(`[data-cell="${cellKey(source)}"]`);
    if (!element) return [];
    const from = place(element);
    const fromX = (from.left + from.right) / 2;
    const toX = (to.left + to.right) / 2;
    return from.bottom <= to.top
      ? [down(fromX, from.bottom, toX, to.top)]
      : [under(fromX, from.bottom, toX, to.bottom)];
  });
}

/** A curve under the row, so that it crosses out no number on its way. */
function under(x0: number, y0: number, x1: number, y1: number): string {
  const depth = Math.max(y0, y1) + 10 + Math.abs(x1 - x0) / 20;
  return `M${x0},${y0}C${x0},${depth} ${x1},${depth} ${x1},${y1}`;
}

/** A curve that leaves and arrives upright. */
function down(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (y0 + y1) / 2;
  return `M${x0},${y0}C${x0},${middle} ${x1},${middle} ${x1},${y1}`;
}
