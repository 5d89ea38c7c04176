// The loss on its axis: where it is, the floor it cannot pass behind a softmax, and ln C.

import { html, nothing, svg, type TemplateResult } from "lit";
import { figure } from "../format/fixed.ts";
import type { Floors } from "../state/derive.ts";
import { Chart, linear } from "./chart.ts";

export interface LossMark {
  readonly value: number;
  /** Set above the mark; empty: the mark stands alone. */
  readonly name: string;
  /** The pipeline with softmax in front: only to it the floor applies. */
  readonly front: boolean;
}

const HEIGHT = 116;
const BASELINE = 74;
const MARGIN = 14;
/** About as wide as "softmax(x) 1.0840". */
const LABEL_WIDTH = 150;

export class LossAxis extends Chart {
  static override properties = {
    ...Chart.properties,
    marks: { attribute: false },
    floors: { attribute: false },
    classes: { attribute: false },
    label: { attribute: false },
  };
  declare marks: readonly LossMark[];
  declare floors: Floors;
  declare classes: number;
  /** What a screen reader says of the figure. */
  declare label: string;

  protected override render(): TemplateResult {
    const { doubleSoftmaxFloor: floor, doubleSoftmaxCeiling: ceiling, uniformLoss: uniform } = this.floors;
    const finite = this.marks.map((mark) => mark.value).filter(Number.isFinite);
    const end = Math.max(ceiling * 1.04, ...finite.map((value) => value * 1.08));
    const x = linear([0, end], [MARGIN, this.width - MARGIN]);
    const hasFront = this.marks.some((mark) => mark.front);
    const { text } = this.view;
    return html`
      <svg class="chart loss-axis" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${HEIGHT}`} width=${this.width} height=${HEIGHT}>
        <defs>
          <pattern id=${this.#patternId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="6"></line>
          </pattern>
        </defs>
        ${
          hasFront
            ? svg`<rect class="forbidden" x=${x(0)} y=${BASELINE - 34} width=${x(floor) - x(0)} height="34" fill="url(#${this.#patternId})"></rect>`
            : nothing
        }
        <line class="axis" x1=${x(0)} x2=${x(end)} y1=${BASELINE} y2=${BASELINE}></line>
        ${hasFront ? this.#rule(x(floor), text.lesson.floorName, floor, "floor") : nothing}
        ${this.#rule(x(uniform), text.lesson.uniformName(this.classes), uniform, "uniform")}
        ${hasFront ? this.#rule(x(ceiling), text.lesson.ceilingName, ceiling, "ceiling") : nothing}
        ${this.#rule(x(0), "", 0, "zero")}
        ${this.marks.map((mark) => this.#mark(mark, x, end))}
      </svg>`;
  }

  /** Ids are shared by everything in the one shadow root. */
  get #patternId(): string {
    return `hatch-${this.id}`;
  }

  #rule(x: number, name: string, value: number, kind: string): TemplateResult {
    const anchor = kind === "zero" ? "start" : x > this.width - 60 ? "end" : "middle";
    const at = anchor === "end" ? this.width - 2 : anchor === "start" ? x - 4 : x;
    return svg`
      <g class="rule" data-rule=${kind}>
        <line x1=${x} x2=${x} y1=${BASELINE - 34} y2=${BASELINE + 6}></line>
        <text x=${at} y=${BASELINE + 21} text-anchor=${anchor}>${kind === "zero" ? "0" : figure(value)}</text>
        <text class="rule-name" x=${at} y=${BASELINE + 36} text-anchor=${anchor}>${name}</text>
      </g>` as TemplateResult;
  }

  /** Of two marks close together one is named a line higher; a name near an end grows inward. */
  #mark(mark: LossMark, x: (value: number) => number, end: number): TemplateResult | typeof nothing {
    if (Number.isNaN(mark.value)) return nothing;
    const at = x(Math.min(mark.value, end));
    const other = this.marks.find((candidate) => candidate !== mark && Number.isFinite(candidate.value));
    const gap = other === undefined ? Number.POSITIVE_INFINITY : at - x(Math.min(other.value, end));
    const text = `${mark.name} ${figure(mark.value)}${mark.value > end ? " →" : ""}`.trim();
    const crowded = Math.abs(gap) < LABEL_WIDTH;
    const anchor = at < LABEL_WIDTH / 2 ? "start" : at > this.width - LABEL_WIDTH / 2 ? "end" : "middle";
    const offset = { start: -7, middle: 0, end: 7 }[anchor];
    return svg`
      <g class="mark" data-front=${mark.front ? "" : nothing} .style=${`transform: translate(${at}px, ${BASELINE}px)`}>
        <path d="M0,-9 L7,0 L0,9 L-7,0 Z"></path>
        <text y=${crowded && mark.front ? -32 : -16} x=${offset} text-anchor=${anchor}>${text}</text>
      </g>` as TemplateResult;
  }
}
