// Thin curves from the cells that a number is made of to the number itself, within its figure.

/** Draws them into svg, which lies over the whole page; the cells are named by their keys. */
export function threads(svg: SVGSVGElement, figure: Element, to: string, from: readonly string[]): void {
  svg.replaceChildren(
    ...curves(svg, figure, to, from).map((d) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      return path;
    }),
  );
}

function curves(svg: SVGSVGElement, figure: Element, toKey: string, fromKeys: readonly string[]): string[] {
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
  const shown = [...figure.querySelectorAll(`[data-cell="${toKey}"]`)];
  const target = shown.find((element) => element.matches(":hover, :focus")) ?? shown[0];
  if (!target) return [];
  const to = place(target);
  return fromKeys.flatMap((key) => {
    const element = figure.querySelector(`[data-cell="${key}"]`);
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
