// The loss on its axis: where it is, the floor it cannot pass behind a softmax, and ln C.

import { html, nothing, svg, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { plain } from "../inner-element.ts";
import { Chart, linear, widthOf } from "./chart.ts";
import { styled } from "./style.ts";

export interface LossMark {
  readonly value: number;
  /** Set above the mark; empty: the mark stands alone. */
  readonly name: string;
  /** The pipeline with softmax in front: only to it the floor applies. */
  readonly front: boolean;
}

export interface Floors {
  readonly doubleSoftmaxFloor: number;
  readonly doubleSoftmaxCeiling: number;
  readonly uniformLoss: number;
}

/** Room above the axis and below it, and a line of text. */
const ABOVE = 46;
const BELOW = 40;
const LINE = 16;
/** How high the rules and the hatch reach. */
const REACH = 34;
const MARGIN = 14;
/** About as wide as "1.0986". */
const NUMBER_WIDTH = 54;
/** Between two names in one line. */
const APART = 16;

export class CelossLossAxis extends Chart {
  static override properties = {
    ...Chart.properties,
    marks: plain,
    floors: plain,
    names: plain,
    label: plain,
  };
  declare marks: readonly LossMark[];
  declare floors: Floors;
  /** What stands below the rules. */
  declare names: { readonly floor: string; readonly ceiling: string; readonly uniform: string };
  /** What a screen reader says of the figure. */
  declare label: string;

  get #above(): number {
    return ABOVE + (this.marks.length > 1 ? LINE + REACH - 20 : 0);
  }

  protected get height(): number {
    return this.#above + BELOW;
  }

  protected override render(): TemplateResult {
    const { doubleSoftmaxFloor: floor, doubleSoftmaxCeiling: ceiling, uniformLoss: uniform } = this.floors;
    const finite = this.marks.map((mark) => mark.value).filter(Number.isFinite);
    const end = Math.max(ceiling * 1.04, ...finite.map((value) => value * 1.08));
    const x = linear([0, end], [MARGIN, this.width - MARGIN]);
    const hasFront = this.marks.some((mark) => mark.front);
    // ln C comes close to L0 + 1 as C grows; then it is named a line lower.
    const low = hasFront && x(ceiling) - x(uniform) < NUMBER_WIDTH;
    const height = this.height + (low ? 2 * LINE : 0);
    return html`
      <svg class="chart loss-axis" role="img" aria-label=${this.label} viewBox=${`0 0 ${this.width} ${height}`} width=${this.width} height=${height}>
        <defs>
          <pattern id=${this.#patternId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="6"></line>
          </pattern>
        </defs>
        <g transform=${`translate(0,${this.#above})`}>
          ${
            hasFront
              ? svg`<rect x=${x(0)} y=${-REACH} width=${x(floor) - x(0)} height=${REACH} fill="url(#${this.#patternId})"></rect>`
              : nothing
          }
          <line class="axis" x1=${x(0)} x2=${x(end)}></line>
          ${this.#rule("zero", x(0), "0", "")}
          ${hasFront ? this.#rule("floor", x(floor), figure(floor), this.names.floor) : nothing}
          ${this.#rule("uniform", x(uniform), figure(uniform), this.names.uniform, low ? 2 * LINE : 0)}
          ${hasFront ? this.#rule("ceiling", x(ceiling), figure(ceiling), this.names.ceiling) : nothing}
          ${this.#marks(x, end)}
        </g>
      </svg>`;
  }

  /** Ids are shared by everything in the one shadow root. */
  get #patternId(): string {
    return `hatch-${this.id}`;
  }

  #rule(kind: string, x: number, number: string, name: string, lower = 0): TemplateResult {
    const [anchor, at] =
      kind === "zero" ? ["start", x - 4] : x > this.width - 60 ? ["end", this.width - 2] : ["middle", x];
    return svg`
      <g class="rule" data-rule=${kind}>
        <line x1=${x} x2=${x} y1=${-REACH} y2=${6 + lower}></line>
        <text x=${at} y=${lower + 21} text-anchor=${anchor}>${number}</text>
        <text x=${at} y=${lower + 36} text-anchor=${anchor}>${name}</text>
      </g>` as TemplateResult;
  }

  /** One alone is named right above its mark; several above the rules, and one that has no room beside the others a line higher. */
  #marks(x: (value: number) => number, end: number): TemplateResult[] {
    const several = this.marks.length > 1;
    const shown = this.marks
      .filter(({ value }) => !Number.isNaN(value))
      .map((mark) => {
        const text = `${mark.name} ${figure(mark.value)}${mark.value > end ? " →" : ""}`.trim();
        const at = x(Math.min(mark.value, end));
        const width = widthOf(text);
        const [anchor, offset] =
          at < width / 2 ? ["start", -7] : at > this.width - width / 2 ? ["end", 7] : ["middle", 0];
        const left = at + offset - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2);
        return { front: mark.front, text, at, anchor, offset, left, right: left + width };
      });
    const crowded = shown.some((a) =>
      shown.some((b) => a !== b && a.left < b.right + APART && b.left < a.right + APART),
    );
    const higher = crowded ? (shown.find(({ front }) => front) ?? shown[0]) : undefined;
    return shown.map((mark) => {
      const y = several ? -REACH - 8 - (mark === higher ? LINE : 0) : -16;
      return svg`
        <g class="mark" data-front=${mark.front ? "" : nothing} ${styled({ transform: `translate(${mark.at}px, 0)` })}>
          ${several ? svg`<line class="leader" y1=${y + 4} y2="-8"></line>` : nothing}
          <path d="M0,-9 L7,0 L0,9 L-7,0 Z"></path>
          <text y=${y} x=${mark.offset} text-anchor=${mark.anchor}>${mark.text}</text>
        </g>` as TemplateResult;
    });
  }
}
