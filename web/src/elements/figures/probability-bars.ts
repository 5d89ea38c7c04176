// Probabilities as bars, a row per sample: each row one whole, cut into its classes, the target ringed.

import { html, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { range } from "../../state/range.ts";
import { styled } from "./style.ts";

interface Probabilities {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** Named as a whole by the label; sample is what a row is called. */
export function probabilityBars(
  probs: Probabilities,
  target: readonly number[],
  label: string,
  sample: string,
): TemplateResult {
  const [samples = 0, classes = 0] = probs.shape;
  return html`
    <ul class="probability-bars" aria-label=${label}>
      ${range(samples).map((row) => {
        const values = Array.from(probs.data.slice(row * classes, (row + 1) * classes));
        const spoken = `${sample} ${row}: ${values.map((value) => figure(value)).join(", ")}`;
        return html`
          <li>
            <span class="bars-row" aria-hidden="true">${row}</span>
            <span class="bars" role="img" aria-label=${spoken}>
              ${values.map(
                (value, column) => html`<span
                  class="share"
                  data-class=${column}
                  ?data-target=${target[row] === column}
                  ${styled({ width: `${Number.isFinite(value) ? 100 * value : 0}%` })}
                ></span>`,
              )}
            </span>
          </li>`;
      })}
    </ul>`;
}
