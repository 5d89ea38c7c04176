// How many samples have which loss, with the floor behind a softmax and ln C marked.

import { html, svg, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { Chart, linear } from "../figures/chart.ts";
import { plain } from "../inner-element.ts";

const HEIGHT = 190;
const MARGIN = { top: 40, right: 14, bottom: 24, left: 14 };
/** About as wide as "ln 3 = 1.0986". */
const NAME_WIDTH = 130;

export class CelossLossHistogram extends Chart {
  static override properties = { ...Chart.properties, histogram: { attribute: false }, rules: plain, label: plain };
  declare histogram: { readonly width: number; readonly counts: Uint32Array };
  declare rules: readonly { readonly value: number; readonly name: string }[];
  /** What a screen reader says of the figure. */
  declare label: string;

  protected readonly height = HEIGHT;

  protected override render(): TemplateResult {
    const { counts, width } = this.histogram;
    const most = Math.max(1, ...counts);
    const last = counts.findLastIndex((count) => count > 0);
    const end = Math.max((last + 1) * width, ...this.rules.map(({ value }) => value)) * 1.04;
    const x = linear([0, end], [MARGIN.left, this.width - MARGIN.right]);
    const y = linear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top + 18]);
    const bottom = y(0);
    return html`
      <svg class="chart loss-histogram" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${HEIGHT}`} width=${this.width} height=${HEIGHT}>
        ${Array.from(counts, (count, bin) =>
          count === 0
            ? null
            : svg`<rect class="bin" x=${x(bin * width)} y=${y(count)} width=${Math.max(1, x((bin + 1) * width) - x(bin * width) - 1)} height=${bottom - y(count)}></rect>`,
        )}
        <line class="axis" x1=${x(0)} x2=${x(end)} y1=${bottom} y2=${bottom}></line>
        <text x=${x(0)} y=${HEIGHT - 6}>0</text>
        <text x=${x(end)} y=${HEIGHT - 6} text-anchor="end">${figure(end)}</text>
        ${this.rules.map(({ value, name }, index) => {
          const at = x(value);
          const anchor = at + NAME_WIDTH > this.width ? "end" : at < NAME_WIDTH ? "start" : "middle";
          return svg`<g class="rule"><line x1=${at} x2=${at} y1=${MARGIN.top - 18 + 18 * index} y2=${bottom + 4}></line><text x=${at + (anchor === "middle" ? 0 : anchor === "start" ? 5 : -5)} y=${MARGIN.top - 24 + 18 * index} text-anchor=${anchor}>${name} = ${figure(value)}</text></g>`;
        })}
      </svg>`;
  }
}
