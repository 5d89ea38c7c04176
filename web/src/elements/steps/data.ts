// Step 1: x and y, and everything that changes them.

import { html, nothing, type TemplateResult } from "lit";
import type { Dtype, Reduction } from "../../api/index.ts";
import { dataCode } from "../../format/pytorch.ts";
import { request, send } from "../../state/events.ts";
import { tensorOfCell } from "../../state/lesson/derive.ts";
import { NOTE } from "../../state/lesson/presets.ts";
import { choice } from "../controls/choice.ts";
import { wayBack } from "../controls/way-back.ts";
import { inline } from "../figures/inline.ts";
import { ViewElement } from "../view.ts";
import { aboutData, dataHint } from "./about-data.ts";
import { print } from "./print.ts";
import { step } from "./step.ts";

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const REDUCTIONS: readonly Reduction[] = ["mean", "sum", "none"];

export class CelossData extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const { example, readonly } = state;
    const t = text.data;
    return step(this.view, {
      id: "data",
      lead: t.lead,
      code: `import torch\nfrom torch import nn\n\n${dataCode(model.x, example.target, example.seed)}`,
      matrices: html`<celoss-data-table .view=${this.view}></celoss-data-table>`,
      figure: html`
        <p class="hint">${dataHint(this.view)}</p>
        <div class="controls">
          ${choice(
            t.dtype,
            "dtype",
            DTYPES.map((value) => ({ value, label: value })),
            example.dtype,
            (value) => send(this, { type: "setDtype", dtype: value as Dtype }),
            readonly,
          )}
          ${choice(
            t.reduction,
            "reduction",
            REDUCTIONS.map((value) => ({ value, label: value })),
            example.reduction,
            (value) => send(this, { type: "setReduction", reduction: value as Reduction }),
            readonly,
          )}
          <div class="buttons">
            <button type="button" ?disabled=${readonly} @click=${() => request(this, { type: "random" })}>${t.random}</button>
          </div>
        </div>
        ${wayBack(this.view)} ${aboutData(this.view)}
        <div class="prints">${print(this.view, "x", model.x)} ${print(this.view, "y", tensorOfCell(model, "target"))}</div>`,
      after: html`
        <p>${this.#origin()}</p>
        <p class="notice">${model.targetError ? nothing : t.predictions(this.#wrongRows())}</p>`,
    });
  }

  #origin(): TemplateResult | typeof nothing {
    const { text, state } = this.view;
    if (state.example.seed !== null) return html`${text.data.seeded(state.example.seed)}`;
    return JSON.stringify(state.example.x) === JSON.stringify(NOTE.x) ? html`${inline(text.data.note)}` : nothing;
  }

  /** The rows whose largest logit is not at their label. */
  #wrongRows(): number[] {
    const { logitsTrace, graph } = this.view.model;
    return graph.target.flatMap((label, row) => (Number(logitsTrace.prediction.data[row]) === label ? [] : [row]));
  }
}
