// The thin rail of the steps, with the current loss at its end.

import { html, nothing, type TemplateResult } from "lit";
import { figure } from "../../format/fixed.ts";
import { cell } from "../../state/lesson/cell.ts";
import { STEPS, type StepId } from "../../state/steps.ts";
import { number } from "../figures/number.ts";
import { stepName } from "../step-name.ts";
import { ViewElement } from "../view.ts";
import { cellText } from "./cell.ts";

export class CelossRail extends ViewElement {
  static override properties = { ...ViewElement.properties, current: { attribute: false } };
  declare current: StepId;

  protected override render(): TemplateResult {
    const { text, state } = this.view;
    const { steps } = state;
    const index = steps.indexOf(this.current);
    return html`
      <nav class="rail" aria-label=${text.steps}>
        ${this.#neighbour(steps[index - 1], text.previous, "‹", "Alt+ArrowUp")}
        <ol>
          ${steps.map(
            (id) => html`<li>
              <a href="#${id}" aria-current=${id === this.current ? "step" : nothing}><span class="step-number">${STEPS.indexOf(id)}</span> <span>${stepName(this.view.text, id)}</span></a>
            </li>`,
          )}
        </ol>
        ${this.#neighbour(steps[index + 1], text.next, "›", "Alt+ArrowDown")}
        <p class="rail-loss"><span class="loss-name">${text.loss}</span> <span class="scalar">${this.#losses().map((loss, row) => html`${row > 0 ? " " : nothing}${number(loss)}`)}</span></p>
      </nav>`;
  }

  #neighbour(id: StepId | undefined, name: string, sign: string, keys: string): TemplateResult {
    return id === undefined
      ? html`<span class="neighbour" aria-hidden="true">${sign}</span>`
      : html`<a class="neighbour" href="#${id}" aria-label=${name} title=${`${name} (${keys})`} aria-keyshortcuts=${keys}>${sign}</a>`;
  }

  /** The opening step has a loss of its own; all others share the loss of x and y. */
  #losses(): string[] {
    const { state, model } = this.view;
    if (this.current === "question") {
      const { plainLoss, frontLoss } = model.question;
      return [figure(state.question.softmaxInFront ? frontLoss : plainLoss)];
    }
    if (model.graph.reduction !== "none") return [cellText(this.view, cell("loss"))];
    return model.graph.target.map((_, row) => cellText(this.view, cell("loss", row)));
  }
}
