// How many samples have which loss, with the floor behind a softmax and ln C marked.

import { html, svg, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { Chart, linear, ticks, widthOf } from "../figures/chart.ts";
import { plain } from "../inner-element.ts";

const HEIGHT = 230;
const MARGIN = { top: 44, right: 14, bottom: 26, left: 4 };
/** Between two names of rules, one above the other. */
const LINE = 18;

export class CelossLossHistogram extends Chart {
  static override properties = {
    ...Chart.properties,
    histogram: { attribute: false },
    rules: plain,
    names: plain,
    label: plain,
  };
  declare histogram: { readonly width: number; readonly counts: Uint32Array };
  declare rules: readonly { readonly value: number; readonly name: string }[];
  /** What the axes count. */
  declare names: { readonly samples: string; readonly loss: string };
  /** What a screen reader says of the figure. */
  declare label: string;

  protected readonly height = HEIGHT;

  protected override render(): TemplateResult {
    const { counts, width } = this.histogram;
    const most = Math.max(1, ...counts);
    const last = counts.findLastIndex((count) => count > 0);
    const end = Math.max((last + 1) * width, ...this.rules.map(({ value }) => value)) * 1.04;
    const lines = ticks(most, 3);
    // The counts stand at the left, on their lines.
    const left = MARGIN.left + widthOf(lines.at(-1) ?? "") + 8;
    const x = linear([0, end], [left, this.width - MARGIN.right]);
    const y = linear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top + LINE]);
    const bottom = y(0);
    const axisName = `${this.names.loss} →`;
    const room = x(end) - widthOf(axisName) - 8;
    return html`
      <svg class="chart loss-histogram" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${HEIGHT}`} width=${this.width} height=${HEIGHT}>
        ${lines
          .map(Number)
          .filter((count) => count > 0)
          .map(
            (count) =>
              svg`<line class="grid-line" x1=${left} x2=${x(end)} y1=${y(count)} y2=${y(count)}></line><text x=${left - 8} y=${y(count) + 4} text-anchor="end">${count}</text>`,
          )}
        <text x=${left} y=${y(most) - 8}>${this.names.samples}</text>
        ${Array.from(counts, (count, bin) =>
          count === 0
            ? null
            : svg`<rect class="bin" x=${x(bin * width)} y=${Math.min(y(count), bottom - 1.5)} width=${Math.max(1, x((bin + 1) * width) - x(bin * width) - 1)} height=${Math.max(bottom - y(count), 1.5)}></rect>`,
        )}
        <line class="axis" x1=${left} x2=${x(end)} y1=${bottom} y2=${bottom}></line>
        ${ticks(end, Math.max(2, Math.min(8, this.width / 90)))
          .filter((text) => x(Number(text)) + widthOf(text) / 2 < room)
          .map(
            (text) =>
              svg`<line class="axis" x1=${x(Number(text))} x2=${x(Number(text))} y1=${bottom} y2=${bottom + 4}></line><text x=${x(Number(text))} y=${bottom + 19} text-anchor="middle">${text}</text>`,
          )}
        <text x=${x(end)} y=${bottom + 19} text-anchor="end">${axisName}</text>
        ${this.rules.map(({ value, name }, index) => {
          const at = x(value);
          const text = `${name} = ${figure(value)}`;
          // The first is named at its left, where there is room, the others at their right: away from each other.
          const fitsLeft = at > widthOf(text) + 6;
          const fitsRight = at + widthOf(text) + 6 < this.width;
          const isLeft = index === 0 ? fitsLeft : !fitsRight;
          const top = LINE * (this.rules.length - index);
          return svg`<g class="rule"><line x1=${at} x2=${at} y1=${top - 12} y2=${bottom}></line><text x=${at + (isLeft ? -6 : 6)} y=${top - 3} text-anchor=${isLeft ? "end" : "start"}>${text}</text></g>`;
        })}
      </svg>`;
  }
}
