// Probabilities as bars, a row per sample: each row one whole, cut into its classes, the target ringed.

import { html, type TemplateResult } from "lit";
import type { Tensor } from "../../api/index.ts";
import { figure } from "../../format/fixed.ts";
import { range } from "../../state/range.ts";
import type { View } from "../view.ts";

export function probabilityBars(view: View, probs: Tensor, target: readonly number[], label: string): TemplateResult {
  const [samples = 0, classes = 0] = probs.shape;
  const { text } = view;
  return html`
    <ul class="probability-bars" aria-label=${label}>
      ${range(samples).map((row) => {
        const values = Array.from(probs.data.slice(row * classes, (row + 1) * classes));
        const spoken = `${text.sample} ${row}: ${values.map((value) => figure(value)).join(", ")}`;
        return html`
          <li>
            <span class="bars-row" aria-hidden="true">${row}</span>
            <span class="bars" role="img" aria-label=${spoken}>
              ${values.map(
                (value, column) => html`<span
                  class="share"
                  data-class=${column}
                  ?data-target=${target[row] === column}
                  .style=${`--size: ${Number.isFinite(value) ? value : 0}`}
                ></span>`,
              )}
            </span>
          </li>`;
      })}
    </ul>`;
}
