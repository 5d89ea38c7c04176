// The style sheets of the demo's shadow root.

import { type CSSResult, unsafeCSS } from "lit";
import charts from "../styles/charts.css?inline";
import page from "../styles/page.css?inline";
import parts from "../styles/parts.css?inline";
import print from "../styles/print.css?inline";
import tensors from "../styles/tensors.css?inline";
import tokens from "../styles/tokens.css?inline";
import use from "../styles/use.css?inline";

/** A style sheet of the page with its rems as ours: those of an article around are whatever its root has. */
export function sheet(css: string): CSSResult {
  return unsafeCSS(css.replace(/-?[\d.]+rem\b/g, (rem) => `calc(${rem.slice(0, -3)} * var(--rem))`));
}

export const styles: CSSResult[] = [tokens, page, use, tensors, charts, parts, print].map(sheet);
