// Step 1: x and y, and everything that changes them.

import { html, nothing, type TemplateResult } from "lit";
import type { Dtype, Reduction } from "../api/index.ts";
import { allDigits } from "../format/fixed.ts";
import { send } from "../state/actions.ts";
import { tensorOfCell } from "../state/derive.ts";
import { NOTE } from "../state/presets.ts";
import type { Notice } from "../state/state.ts";
import { choice } from "./choice.ts";
import { inline } from "./inline.ts";
import { printed } from "./printed.ts";
import { step } from "./step.ts";
import { ViewElement } from "./view.ts";

const DTYPES: readonly Dtype[] = ["float32", "float64"];
const REDUCTIONS: readonly Reduction[] = ["mean", "sum", "none"];

export class CelossData extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const { example } = state;
    const t = text.data;
    return step(this.view, {
      id: "data",
      lead: t.lead,
      code: this.#code(),
      matrices: html`<celoss-data-table .view=${this.view}></celoss-data-table>`,
      figure: html`
        <p class="hint">${text.reading.ask} ${inline(t.hint)}</p>
        <div class="controls">
          ${choice(
            t.dtype,
            "dtype",
            DTYPES.map((value) => ({ value, label: value })),
            example.dtype,
            (value) => send(this, { type: "setDtype", dtype: value as Dtype }),
          )}
          ${choice(
            t.reduction,
            "reduction",
            REDUCTIONS.map((value) => ({ value, label: value })),
            example.reduction,
            (value) => send(this, { type: "setReduction", reduction: value as Reduction }),
          )}
          <div class="buttons">
            <button type="button" @click=${() => send(this, { type: "random" })}>${t.random}</button>
            <button type="button" ?disabled=${state.past.length === 0} @click=${() => send(this, { type: "undo" })}>${t.undo}</button>
            <button type="button" ?disabled=${state.future.length === 0} @click=${() => send(this, { type: "redo" })}>${t.redo}</button>
            <button type="button" ?disabled=${this.#isNote} @click=${() => send(this, { type: "reset" })}>${t.reset}</button>
          </div>
        </div>
        <div class="said" aria-live="polite">
          ${state.notice ? html`<p class="message">${this.#notice(state.notice)}</p>` : nothing}
          ${
            model.targetError
              ? html`<p class="torch-error"><code>IndexError: ${model.targetError.message}</code></p>
                <p class="message">${t.refused(model.targetError.sample, model.targetError.label, model.targetError.classes)}</p>`
              : nothing
          }
        </div>
        <div class="prints">${printed(this.view, "x", model.x)} ${printed(this.view, "y", tensorOfCell(model, "target"))}</div>`,
      after: html`
        <p>${this.#origin()}</p>
        <p class="notice">${model.targetError ? nothing : t.predictions(this.#wrongRows())}</p>`,
    });
  }

  get #isNote(): boolean {
    return JSON.stringify(this.view.state.example) === JSON.stringify(NOTE);
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

  #code(): string {
    const { example } = this.view.state;
    const { classes } = this.view.model;
    const dtype = example.dtype === "float64" ? ", dtype=torch.float64" : "";
    const rows = example.x.map((row) => `[${row.map((entry) => python(entry.value, example.dtype)).join(", ")}]`);
    const x =
      example.seed === null
        ? `x = torch.tensor([\n    ${rows.join(",\n    ")}]${dtype})`
        : `torch.manual_seed(${example.seed})\nx = torch.rand((${rows.length}, ${classes})${dtype})`;
    return `import torch\nfrom torch import nn\n\n${x}\ny = torch.tensor([${example.target.join(", ")}])`;
  }

  #notice(notice: Notice): string {
    const t = this.view.text.data.notices;
    switch (notice.kind) {
      case "pasted":
        return t.pasted(notice.rows, notice.columns);
      case "labelsLost":
        return t.labelsLost(notice.samples);
      case "paste": {
        const { problem } = notice;
        if (problem.kind === "notANumber") return t.notANumber(problem.token, problem.row);
        if (problem.kind === "ragged") return t.ragged(problem.row, problem.got, problem.expected);
        return t.size(problem.rows, problem.columns);
      }
    }
  }
}

/** A number as Python reads it. */
function python(value: number, dtype: Dtype): string {
  const text = allDigits(dtype === "float32" ? Math.fround(value) : value, dtype);
  if (/^-?(inf|nan)$/.test(text)) return `float("${text}")`;
  return /^-?\d+$/.test(text) ? `${text}.` : text;
}
