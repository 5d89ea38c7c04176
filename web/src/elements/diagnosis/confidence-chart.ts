// How sure the network is, where it is right (upward) and where it is wrong (downward); behind a softmax it cannot be surer
// than a certain probability, and what lies beyond is hatched.

import { html, nothing, svg, type TemplateResult } from "lit";
import type { Confidence } from "../../lab/diagnosis/types.ts";
import { Chart, linear, ticks, widthOf } from "../figures/chart.ts";
import { plain } from "../inner-element.ts";

const HEIGHT = 250;
const MARGIN = { top: 30, right: 14, bottom: 26 };

export class CelossConfidenceChart extends Chart {
  static override properties = {
    ...Chart.properties,
    confidence: { attribute: false },
    limit: plain,
    names: plain,
    label: plain,
  };
  declare confidence: Confidence;
  /** A name for the probability that cannot be passed; null: there is no such. */
  declare limit: string | null;
  declare names: { readonly right: string; readonly wrong: string; readonly probability: string };
  /** What a screen reader says of the figure. */
  declare label: string;

  protected readonly height = HEIGHT;

  protected override render(): TemplateResult {
    const { right, wrong, most } = this.confidence;
    const [mostRight, mostWrong] = [Math.max(1, ...right), Math.max(1, ...wrong)];
    const lines = ticks(Math.max(mostRight, mostWrong), 3).map(Number);
    const left = widthOf(String(lines.at(-1))) + 12;
    const x = linear([0, 1], [left, this.width - MARGIN.right]);
    const y = linear([-mostWrong, mostRight], [HEIGHT - MARGIN.bottom - 18, MARGIN.top + 18]);
    const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom];
    const end = this.limit === null ? 1 : most;
    const bars = (counts: readonly number[], kind: string, sign: 1 | -1) =>
      counts.map((count, bin) => {
        if (count === 0) return nothing;
        const height = Math.max(Math.abs(y(sign * count) - y(0)), 2);
        const from = x(bin / counts.length);
        const to = x(Math.min((bin + 1) / counts.length, end));
        return svg`<rect data-kind=${kind} x=${from + 0.5} width=${Math.max(to - from - 1, 1)} y=${sign > 0 ? y(0) - height : y(0)} height=${height}></rect>`;
      });
    const limitFits = x(most) + 6 + widthOf(this.limit ?? "") <= this.width;
    return html`
      <svg class="chart confidence-chart" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${HEIGHT}`} width=${this.width} height=${HEIGHT}>
        <defs>
          <pattern id="hatch-confidence" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="6"></line>
          </pattern>
        </defs>
        ${[
          ...lines.filter((count) => count > 0 && count <= mostRight),
          ...lines.filter((count) => count > 0 && count <= mostWrong).map((count) => -count),
        ].map(
          (count) =>
            svg`<line class="grid-line" x1=${left} x2=${x(1)} y1=${y(count)} y2=${y(count)}></line><text x=${left - 8} y=${y(count) + 4} text-anchor="end">${Math.abs(count)}</text>`,
        )}
        ${
          this.limit === null
            ? nothing
            : svg`<rect x=${x(most)} y=${top} width=${x(1) - x(most)} height=${bottom - top} fill="url(#hatch-confidence)"></rect><g class="rule" data-rule="floor"><line x1=${x(most)} x2=${x(most)} y1=${top - 8} y2=${bottom}></line></g>`
        }
        ${bars(right, "right", 1)} ${bars(wrong, "wrong", -1)}
        <line class="axis" x1=${left} x2=${x(1)} y1=${y(0)} y2=${y(0)}></line>
        <text class="side" x=${x(0) + 4} y=${y(mostRight) - 7}>${this.names.right}</text>
        <text class="side" x=${x(0) + 4} y=${y(-mostWrong) + 16}>${this.names.wrong}</text>
        ${this.limit === null ? nothing : svg`<text x=${x(most) + (limitFits ? 6 : -6)} y=${top - 4} text-anchor=${limitFits ? "start" : "end"}>${this.limit}</text>`}
        ${["0", "0.25", "0.5", "1"].map((text) => svg`<text x=${x(Number(text))} y=${HEIGHT - 7} text-anchor="middle">${text}</text>`)}
        <text x=${x(0.75)} y=${HEIGHT - 7} text-anchor="middle">${this.names.probability}</text>
      </svg>`;
  }
}
