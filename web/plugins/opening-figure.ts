// The opening figure as it stands when the page opens, in plain HTML and SVG: what is there before the core is. It has the
// classes of the live figure, and so its geometry; positions are percentages, because a policy forbids style attributes.

import { figure } from "../src/format/fixed.ts";
import type { Text } from "../src/i18n/index.ts";
import type { Lab } from "../src/lab/index.ts";
import { QUESTION, SHARPNESS } from "../src/state/lesson/presets.ts";
import { range } from "../src/state/range.ts";

/** Where the live axis ends, and the height of what is above it and of the whole: elements/figures/loss-axis.ts. */
const END = 1.04;
const ABOVE = 46;
const HEIGHT = 86;
const REACH = 34;

export function openingFigure(celoss: Lab, text: Text): string {
  const { logits, target } = QUESTION;
  const sharpened = celoss.sharpen(
    logits.map((row) => [...row]),
    SHARPNESS.start,
  );
  const { plain, softmaxInFront } = celoss.trace(sharpened, [...target]);
  const probs = plain.softmax;
  const [samples = 0, classes = 0] = probs.shape;
  const frontLoss = softmaxInFront.loss;
  const loss = figure(frontLoss);
  const t = text.question;

  const bars = range(samples).map((row) => {
    const shares = range(classes).map((column) => {
      const ring = target[row] === column ? ' data-target=""' : "";
      const share = percent(probs.data[row * classes + column] ?? 0);
      return `<svg class="share" data-class="${column}"${ring} width="${share}"></svg>`;
    });
    return `<li><span class="bars-row">${row}</span><span class="bars">${shares.join("")}</span></li>`;
  });

  const { doubleSoftmaxFloor: floor, doubleSoftmaxCeiling: ceiling, uniformLoss: uniform } = celoss.floors(classes);
  const at = (value: number) => percent(value / (ceiling * END));
  const rule = (kind: string, value: number, number: string, name: string) => {
    const [x, anchor, dx] = { zero: ["0", "start", -4], ceiling: ["100%", "end", 12] }[kind] ?? [
      at(value),
      "middle",
      0,
    ];
    const label = (y: number, words: string) =>
      `<text x="${x}" dx="${dx}" y="${ABOVE + y}" text-anchor="${anchor}">${words}</text>`;
    return `<g class="rule" data-rule="${kind}"><line x1="${at(value)}" x2="${at(value)}" y1="${ABOVE - REACH}" y2="${ABOVE + 6}"/>${label(21, number)}${label(36, name)}</g>`;
  };
  const axis = `<svg class="chart loss-axis" role="img" aria-label="${t.axis(loss)}" width="100%" height="${HEIGHT}">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>
<rect width="${at(floor)}" y="${ABOVE - REACH}" height="${REACH}" fill="url(#hatch)"/>
<line class="axis" x1="0" x2="100%" y1="${ABOVE}" y2="${ABOVE}"/>
${rule("zero", 0, "0", "")}${rule("floor", floor, figure(floor), text.lesson.floorName)}${rule("uniform", uniform, figure(uniform), text.lesson.uniformName(classes))}${rule("ceiling", ceiling, figure(ceiling), text.lesson.ceilingName)}
<svg class="mark" data-front="" x="${at(frontLoss)}" y="${ABOVE}"><path d="M0,-9 L7,0 L0,9 L-7,0 Z"/><text y="-16" text-anchor="middle">${loss}</text></svg>
</svg>`;

  return `<div class="step-figure opening-figure">
<fieldset class="choice"><legend>${t.pipeline}</legend><label><span><code>CrossEntropyLoss(x)</code></span></label><label data-chosen=""><span><code>CrossEntropyLoss(softmax(x))</code></span></label></fieldset>
<ul class="probability-bars" aria-label="${t.figure}">${bars.join("")}</ul>
<div class="hold"><p class="all-right">${t.allRight}</p><p class="handle"></p></div>
<div class="axis-margin">${axis}</div>
<p class="loss-foot"><span class="loss-name">${text.loss}</span><span class="scalar">${loss}</span></p>
</div>
<div class="step-after"><p>${t.front(loss, figure(floor), figure(uniform))}</p></div>`;
}

const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;
