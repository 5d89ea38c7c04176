// Step 7: x and y through both pipelines, side by side, and the floor that the second one cannot pass.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { construct } from "../../format/pytorch.ts";
import { tensorOfCell } from "../../state/lesson/derive.ts";
import { isNote } from "../../state/lesson/presets.ts";
import { probabilityBars } from "../figures/probability-bars.ts";
import { ViewElement } from "../view.ts";
import { lossAxis } from "./loss-axis.ts";
import { lossCells } from "./losses.ts";
import { print } from "./print.ts";
import { inputs, operation, step } from "./step.ts";
import { tensorTable } from "./tensor.ts";

export class CelossLesson extends ViewElement {
  protected override render(): TemplateResult {
    const { text, model } = this.view;
    const t = text.lesson;
    const loss = construct("CrossEntropyLoss", this.view.state.example.reduction);
    return step(this.view, {
      id: "lesson",
      lead: t.lead,
      formulas: ["floor"],
      code: `loss = ${loss}(x, y)\n\np = torch.softmax(x, dim=1)\nloss = ${loss}(p, y)  # ✗`,
      matrices: html`
        <div class="lanes">${this.#lane(false)} ${this.#lane(true)}</div>`,
      figure: html`
        <p class="aside">${t.gradientKey}</p>
        ${this.#comparison()} ${this.#confident()}`,
      after: html`
        <p>
          ${t.interval(figure(model.floors.doubleSoftmaxFloor), figure(model.floors.doubleSoftmaxCeiling), model.classes)}
        </p>
        <p class="notice">${t.fix}</p>`,
    });
  }

  /** Both lanes have the same shape; only what goes in differs. Their gradients are drawn on one scale. */
  #lane(front: boolean): TemplateResult {
    const { text, model } = this.view;
    const t = text.lesson;
    const [input, probs, grad] = front
      ? (["softmax", "frontSoftmax", "frontGradLogits"] as const)
      : (["x", "softmax", "gradLogits"] as const);
    return html`
      <div class="lane" role="group" aria-label=${front ? t.wrong : t.right}>
        <h3>${front ? t.wrong : t.right} <code>${front ? t.frontCall : t.plainCall}</code></h3>
        <div class="flow">
          ${front ? tensorTable(this.view, input, "softmax(x)") : inputs(this.view, "lesson")}
          ${operation(
            this.view,
            "softmax",
            "softmax",
            tensorTable(this.view, probs, front ? "softmax(softmax(x))" : "softmax(x)"),
          )}
          ${tensorTable(this.view, grad, t.gradient, ["gradLogits", "frontGradLogits"])}
        </div>
        ${lossCells(this.view, front ? "frontLoss" : "loss", text.loss)}
        ${print(this.view, "x.grad", tensorOfCell(model, grad))}
      </div>`;
  }

  #comparison(): TemplateResult | typeof nothing {
    const { trace, floors, classes } = this.view.model;
    const t = this.view.text.lesson;
    if (trace === null) return nothing;
    const plain = trace.plain.loss;
    const front = trace.softmaxInFront.loss;
    if (this.view.state.example.reduction !== "mean" || typeof plain !== "number" || typeof front !== "number") {
      return html`<p class="verdict">${t.onlyMean}</p>`;
    }
    return html`
      ${lossAxis(this.view.text, {
        id: "lesson-axis",
        marks: [
          { value: plain, name: "x", front: false },
          { value: front, name: "softmax(x)", front: true },
        ],
        floors,
        classes,
        label: t.axis(figure(plain), figure(front)),
      })}
      <p class="verdict">${t.close(figure(plain), figure(front))} ${isNote(this.view.state.example) ? t.closeNote : nothing}</p>`;
  }

  #confident(): TemplateResult {
    const t = this.view.text.lesson;
    const { probs, target, plainLoss, frontLoss, floors } = this.view.model.confident;
    const [plain, front] = [figure(plainLoss), figure(frontLoss)];
    return html`
      <figure class="confident">
        <figcaption><h3>${t.confident}</h3></figcaption>
        ${probabilityBars(probs, target, t.confident, this.view.text.sample)}
        ${lossAxis(this.view.text, {
          id: "confident-axis",
          marks: [
            { value: plainLoss, name: "x", front: false },
            { value: frontLoss, name: "softmax(x)", front: true },
          ],
          floors,
          classes: probs.shape[1] ?? 0,
          label: t.axis(plain, front),
        })}
        <p>${t.confidentText(plain, front, figure(floors.doubleSoftmaxFloor))}</p>
      </figure>`;
  }
}
