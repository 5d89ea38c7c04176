// Step 0, the opening figure: three right predictions, one switch, one handle, and a loss that stops.

import { html, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { send } from "../../state/events.ts";
import { SHARPNESS } from "../../state/lesson/presets.ts";
import { choice } from "../controls/choice.ts";
import { inline } from "../figures/inline.ts";
import { number } from "../figures/number.ts";
import { probabilityBars } from "../figures/probability-bars.ts";
import { ViewElement } from "../view.ts";
import { lossAxis } from "./loss-axis.ts";

export class CelossQuestion extends ViewElement {
  protected override render(): TemplateResult {
    const { text, state, model } = this.view;
    const { probs, target, plainLoss, frontLoss, floors } = model.question;
    const { softmaxInFront, sharpness } = state.question;
    const loss = figure(softmaxInFront ? frontLoss : plainLoss);
    const t = text.question;
    return html`
      <section id="question" class="step opening" part="step" aria-labelledby="question-name">
        <header class="step-head">
          ${
            this.view.standalone
              ? html`<h1 id="question-name" class="step-name" part="heading" tabindex="-1">${text.title}</h1>`
              : html`<h2 id="question-name" class="step-name" part="heading" tabindex="-1">${text.title}</h2>`
          }
          <p class="lead" part="lead">${inline(t.lead)}</p>
        </header>
        <div class="step-figure opening-figure" part="figure">
          ${choice(
            t.pipeline,
            "pipeline",
            [
              { value: "plain", label: html`<code>CrossEntropyLoss(x)</code>` },
              { value: "front", label: html`<code>CrossEntropyLoss(softmax(x))</code>` },
            ],
            softmaxInFront ? "front" : "plain",
            (value) => send(this, { type: "setSoftmaxInFront", softmaxInFront: value === "front" }),
          )}
          ${probabilityBars(probs, target, t.figure, text.sample)}
          <div class="hold">
          <p class="all-right">${t.allRight}</p>
          <label class="handle">
            <span class="handle-name">${t.sharpness}</span>
            <span class="handle-track">
              <span aria-hidden="true">${t.less}</span>
              <input
                type="range"
                min=${SHARPNESS.min}
                max=${SHARPNESS.max}
                step=${SHARPNESS.step}
                .value=${String(sharpness)}
                ?disabled=${state.readonly}
                aria-label=${t.sharpness}
                aria-valuetext=${`${t.sharpness} × ${sharpness}: ${text.loss} ${loss}`}
                @input=${(event: Event) =>
                  send(this, { type: "setSharpness", sharpness: Number((event.target as HTMLInputElement).value) })}
              />
              <span aria-hidden="true">${t.more}</span>
            </span>
          </label>
          </div>
          ${lossAxis(text, {
            id: "question-axis",
            marks: [{ value: softmaxInFront ? frontLoss : plainLoss, name: "", front: softmaxInFront }],
            floors,
            classes: probs.shape[1] ?? 0,
            label: t.axis(loss),
          })}
          <p class="loss-foot" aria-live="polite"><span class="loss-name">${text.loss}</span><output class="scalar">${number(loss)}</output></p>
        </div>
        <div class="step-after">
          <p>${softmaxInFront ? t.front(loss, figure(floors.doubleSoftmaxFloor), figure(floors.uniformLoss)) : t.plain(loss)}</p>
          <p>${t.why}</p>
        </div>
        <celoss-share-buttons .text=${text} .step=${"question"}></celoss-share-buttons>
      </section>`;
  }
}
