// A number in a box of its own size: where another of as many characters takes its place, nothing around it is laid out.

import { html, type TemplateResult } from "lit";
import { styled } from "./style.ts";

/** In the page's fixed-width font, in one line. */
export function number(text: string): TemplateResult {
  return html`<span class="number" ${styled({ width: `${text.length}ch` })}>${text}</span>`;
}
