// What the elements inside the demo share.

import { LitElement, type PropertyDeclaration } from "lit";

/**
 * An element that renders into itself. Only <cross-entropy-demo> has a shadow root: below it everything shares one tree, so
 * that labels, focus and the lights of provenance reach across the steps.
 */
export abstract class InnerElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** A property of plain values: who is given the same ones again, in new arrays too, draws nothing again. */
export const plain: PropertyDeclaration = {
  attribute: false,
  hasChanged: (now, before) => !isSame(now, before),
};

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return left.length === Object.keys(b).length && left.every(([name, value]) => isSame(value, right[name]));
}
