// The curve -log p, with the samples on it: each at the probability of its label and at its loss.

import { html, nothing, svg, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { plain } from "../inner-element.ts";
import { Chart, linear } from "./chart.ts";

interface Sample {
  /** Of the number that is its loss. */
  readonly key: string;
  readonly row: number;
  /** Its label, and the probability and the loss there. */
  readonly label: number;
  readonly p: number;
  readonly loss: number;
  readonly light: string | null;
}

const HEIGHT = 220;
const TICKS = { p: [0, 0.2, 0.4, 0.6, 0.8, 1], loss: [0, 1, 2, 3, 4] } as const;
/** From one line of text to the next. */
const LINE = 16;
const MARGIN = { top: 24, right: 16, bottom: 34, left: 40 };

export class CelossLogCurve extends Chart {
  static override properties = { ...Chart.properties, curve: plain, samples: plain, label: plain };
  /** -log p over p, from the top of the curve down. */
  declare curve: { readonly p: ArrayLike<number>; readonly loss: ArrayLike<number> };
  declare samples: readonly Sample[];
  /** What a screen reader says of the figure. */
  declare label: string;

  protected readonly height = HEIGHT;

  protected override render(): TemplateResult {
    const { curve, samples } = this;
    const top = curve.loss[0] ?? 1;
    const x = linear([0, 1], [MARGIN.left, this.width - MARGIN.right]);
    const y = linear([0, top], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    const points = Array.from(curve.p, (p, i) => `${x(p)},${y(curve.loss[i] ?? 0)}`);
    const isBeyond = (loss: number) => !(loss <= top);
    const beyondRows = samples.filter(({ loss }) => isBeyond(loss)).map(({ row }) => row);
    return html`
      <svg class="chart log-curve" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${HEIGHT}`} width=${this.width} height=${HEIGHT}>
        ${TICKS.loss.map(
          (tick) =>
            svg`<g class="tick"><line class="grid-line" x1=${x(0)} x2=${x(1)} y1=${y(tick)} y2=${y(tick)}></line><text x=${MARGIN.left - 8} y=${y(tick) + 4} text-anchor="end">${tick}</text></g>`,
        )}
        ${TICKS.p.map(
          (tick) =>
            svg`<g class="tick"><text x=${x(tick)} y=${HEIGHT - MARGIN.bottom + 18} text-anchor="middle">${tick}</text></g>`,
        )}
        <text class="axis-name" x=${x(1)} y=${HEIGHT - 2} text-anchor="end">p</text>
        <text class="axis-name" x=${x(0) + 6} y=${MARGIN.top - 12}>−log p</text>
        <polyline class="curve" points=${points.join(" ")}></polyline>
        ${samples.map(({ key, row, label, p, loss, light }) => {
          const beyond = isBeyond(loss);
          const cx = x(p);
          const cy = y(beyond ? top : loss);
          // Every second one along the curve is named below it, so that close ones stay apart.
          const below = samples.filter((other) => other.p < p || (other.p === p && other.row < row)).length % 2 === 0;
          // Beyond the top they are at one place, and named one below the other, to the right of the curve.
          const [tx, ty] = beyond
            ? [x(0) + 22, cy + 5 + LINE * beyondRows.indexOf(row)]
            : [cx + (below ? -10 : 10), cy + (below ? 18 : -8)];
          return Number.isFinite(p)
            ? svg`
              <g class="sample" data-class=${label} data-cell=${key} data-light=${light ?? nothing}>
                <circle cx=${cx} cy=${cy} r="6"></circle>
                <text x=${tx} y=${ty} text-anchor=${below && !beyond ? "end" : "start"}>${row}${beyond ? ` ↑ ${figure(loss)}` : ""}</text>
              </g>`
            : nothing;
        })}
      </svg>`;
  }
}
