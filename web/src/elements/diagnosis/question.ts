// What can be understood in more than one way: all are shown side by side, and asked about.

import { html, type TemplateResult } from "lit";
import { questionText } from "../../i18n/read/said.ts";
import type { BatchAction } from "../../state/diagnosis/actions.ts";
import { act } from "../../state/diagnosis/events.ts";
import type { BatchWay, ReadingSummary, TensorSummary } from "../../state/diagnosis/messages.ts";
import { readText } from "../../state/lesson/late.ts";
import { inline } from "../figures/inline.ts";
import { type BatchView, idOf } from "./batch-view.ts";
import { understoodOf } from "./ledger.ts";
import { shapeText } from "./words.ts";

/** How the text is to be read. */
export function questionOfReading(
  view: BatchView,
  { question, ways }: Extract<ReadingSummary, { readonly kind: "question" }>,
): TemplateResult {
  const text = readText(view.page.state.language);
  return asked(
    view,
    questionText(text, question),
    ways.map(({ id, understood }) => ({
      name: text.way(id),
      tensors: understood.tensors,
      chosen: id === view.batch.said.way,
      action: { type: "say", said: { way: id } },
    })),
  );
}

/** Which tensor is what. */
export function questionOfRoles(view: BatchView, ways: readonly BatchWay[]): TemplateResult {
  const { ledger: t } = view.text;
  const tensors = understoodOf(view)?.tensors ?? [];
  const name = (place: number | null | undefined) => {
    if (place === null || place === undefined) return t.none;
    const { name = null, place: where } = tensors[place] ?? {};
    const isAlone = tensors.filter((tensor) => tensor.name === name).length === 1;
    return (isAlone ? name : (where?.source ?? name)) ?? t.unnamed(place + 1);
  };
  return asked(
    view,
    t.whichIsWhich,
    ways.map(({ corrections }) => ({
      name: `${t.roles.logits}: ${name(corrections.logits)}, ${t.roles.target}: ${name(corrections.target)}`,
      tensors: [corrections.logits, corrections.target].flatMap((place) => tensors[place ?? -1] ?? []),
      chosen: false,
      action: { type: "correct", corrections },
    })),
  );
}

interface Answer {
  readonly name: string;
  readonly tensors: readonly TensorSummary[];
  readonly chosen: boolean;
  readonly action: BatchAction;
}

function asked(view: BatchView, question: string, answers: readonly Answer[]): TemplateResult {
  const { text, page } = view;
  const { ledger: t } = text;
  return html`
    <fieldset class="question" ?disabled=${page.state.readonly}>
      <legend>${t.question}</legend>
      <p>${inline(question)}</p>
      <div class="read-ways">
        ${answers.map(
          ({ name, tensors, chosen, action }) => html`
            <label class="read-way">
              <input type="radio" name=${idOf(view, "way")} .checked=${chosen} @change=${({ target }: Event) => act(target as Element, action)} />
              <span class="read-way-name">${inline(name)}</span>
              <span class="read-way-tensors">
                ${tensors.map(({ name, shape, dtype, preview }, index) => html`<span><bdi>${name ?? t.unnamed(index + 1)}</bdi> ${shapeText(shape)} ${dtype}${preview.map((row) => html`<br />${row}`)}</span>`)}
              </span>
            </label>`,
        )}
      </div>
    </fieldset>`;
}
