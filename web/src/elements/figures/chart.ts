// An element that draws an SVG as wide as its place, so that text and strokes keep their size at every width.

import type { PropertyValues } from "lit";
import { InnerElement } from "../inner-element.ts";

/**
 * The pixel of a value on a linear axis. Axes like this and polylines are all the charts there are, which is why no
 * chart library is here: d3-scale and d3-shape for the same made the page 10 KB of gzip larger.
 */
export function linear(
  domain: readonly [number, number],
  pixels: readonly [number, number],
): (value: number) => number {
  const [from, to] = domain;
  const [start, end] = pixels;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** Round numbers from 0 to the end of an axis, 1, 2 or 5 times a power of ten apart, and about as many as are wanted. */
export function ticks(end: number, wanted: number): string[] {
  const power = 10 ** Math.floor(Math.log10(end / wanted));
  const step = power * ([1, 2, 5].find((factor) => factor * power * wanted >= end) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => (index * step).toFixed(decimals));
}

/** About how wide a text of a chart is: its characters are as wide as each other, and Chinese ones as wide as they are high. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, char) => width + (char > "\u2e80" ? 13 : 7.9), 0);

/** As wide as a figure on paper, where no observer tells the width in time. */
const PAPER_WIDTH = 640;

export abstract class Chart extends InnerElement {
  static override properties: Record<string, object> = { width: { state: true } };
  declare width: number;
  /** In pixels, as far as it does not depend on the width. */
  protected abstract readonly height: number;

  /** Drawing in the next frame: a chart that changes its height while it is being observed is an error to the browser. */
  readonly #observer = new ResizeObserver(([entry]) => {
    requestAnimationFrame(() => {
      if (entry) this.width = Math.round(entry.contentRect.width);
    });
  });

  constructor() {
    super();
    this.width = 0;
  }

  #screenWidth = 0;
  readonly #beforePrint = (): void => {
    this.#screenWidth = this.width;
    this.width = PAPER_WIDTH;
  };
  readonly #afterPrint = (): void => {
    this.width = this.#screenWidth;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    addEventListener("beforeprint", this.#beforePrint);
    addEventListener("afterprint", this.#afterPrint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    removeEventListener("beforeprint", this.#beforePrint);
    removeEventListener("afterprint", this.#afterPrint);
  }

  /** Until the width is known it holds its place, so that nothing below moves when it is drawn. */
  protected override shouldUpdate(_changed: PropertyValues): boolean {
    if (this.width === 0) this.style.minHeight = `${this.height}px`;
    return this.width > 0;
  }
}
