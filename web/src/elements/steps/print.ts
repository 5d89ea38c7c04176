// What PyTorch would print for a tensor, on demand.

import { html, type TemplateResult } from "lit";
import type { IndexTensor, Tensor } from "../../api/index.ts";
import { tensorStr } from "../../format/tensor-str.ts";
import type { View } from "../view.ts";

export function print(view: View, variable: string, tensor: Tensor | IndexTensor | null): TemplateResult | null {
  if (tensor === null) return null;
  return html`
    <details class="printed">
      <summary>${view.text.printed(variable)}</summary>
      <pre tabindex="0" role="group" aria-label=${view.text.printed(variable)}>${tensorStr(tensor)}</pre>
    </details>`;
}
