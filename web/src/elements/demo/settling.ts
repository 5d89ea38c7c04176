// When steps out of sight may be left alone (page.css): as soon as the browser knows how high they are.

import type { View } from "../view.ts";

/** Frames: a chart learns its width in one and draws itself in the next, whose end is when heights are remembered. */
const UNTIL_SETTLED = 3;

export class Settling {
  readonly #root: ParentNode;
  #heights = "";
  #frame = 0;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** Lays all steps out if their heights may be others now. `drawn` is how many of them are drawn. */
  follow(view: View, drawn: number): void {
    const heights = heightsDependOn(view, drawn);
    if (heights === this.#heights) return;
    this.#heights = heights;
    this.layOut();
  }

  /** Lays all steps out. */
  layOut(): void {
    this.#root.querySelector(".page")?.removeAttribute("data-settled");
    cancelAnimationFrame(this.#frame);
    const after = (frames: number) => {
      this.#frame = requestAnimationFrame(() => {
        if (frames > 1) after(frames - 1);
        else this.#root.querySelector(".page")?.toggleAttribute("data-settled", true);
      });
    };
    after(UNTIL_SETTLED);
  }
}

/** What the heights of the steps depend on, beside the width; the digits of the numbers hardly ever change one. */
function heightsDependOn({ state, model, standalone }: View, drawn: number): string {
  const { steps, hide, readonly, language, shifted, example } = state;
  const { samples, classes, targetError } = model;
  const shape = [samples, classes, example.dtype, example.reduction, shifted, targetError];
  return JSON.stringify([shape, language, steps, hide, readonly, standalone, drawn]);
}
