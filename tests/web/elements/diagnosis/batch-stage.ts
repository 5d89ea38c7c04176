// The elements of the chapter on the stage: states as the reducer makes them, and a diagnosis by hand.

import type { BatchView } from "../../../../web/src/elements/diagnosis/batch-view.ts";
import { loadLate } from "../../../../web/src/elements/late.ts";
import { batchTexts } from "../../../../web/src/i18n/batch/index.ts";
import type { Language } from "../../../../web/src/i18n/language.ts";
import { batchOf } from "../../../../web/src/read/batch.ts";
import { readText } from "../../../../web/src/read/text.ts";
import type { Understood } from "../../../../web/src/read/types.ts";
import type { BatchAction } from "../../../../web/src/state/diagnosis/actions.ts";
import { summaryOf, withoutTensors } from "../../../../web/src/state/diagnosis/engine.ts";
import { reduce } from "../../../../web/src/state/diagnosis/reducer.ts";
import { type BatchState, EMPTY } from "../../../../web/src/state/diagnosis/state.ts";
import { diagnosed, diagnosis } from "../../state/diagnosis/diagnosed.ts";
import { rendered, stage, viewOf } from "../stage.ts";

export const TEXT = `x = tensor([[0.9891, 0.0072, 0.0037],
        [0.0026, 0.9953, 0.0021],
        [0.0108, 0.0040, 0.9852]])
y = tensor([0, 1, 2])
loss: 0.5617`;

/** The state after a text was brought, read by the real reader, and judged by hand. */
export function batchAfter(text: string, ...actions: BatchAction[]): BatchState {
  let state = reduce(EMPTY, { type: "bringText", text, edit: false });
  const reading = readText(text);
  state = reduce(state, { type: "read", id: state.id, reading: summaryOf(reading) });
  if (reading.kind !== "understood") return state;
  return actions.reduce(
    (state, action) => judged(reduce(state, action), reading.understood),
    judged(state, reading.understood),
  );
}

function judged(state: BatchState, understood: Understood): BatchState {
  const batching = batchOf(understood, state.said.corrections);
  if (batching.kind === "question") {
    const ways = batching.ways.map((way) => ({ ...way, batch: withoutTensors(way.batch) }));
    return reduce(state, { type: "asked", id: state.id, ways, parts: null });
  }
  const judgement = { batch: withoutTensors(batching.batch), diagnosis, samples: 3 };
  return reduce(state, { type: "judged", id: state.id, judgement, figures: null, parts: null });
}

export function batchView(batch: BatchState, language: Language = "en", theme: "light" | "dark" = "light"): BatchView {
  return {
    batch,
    figures: diagnosed.samples,
    text: batchTexts[language],
    second: false,
    page: viewOf({ language, theme }),
  };
}

/** Puts an element of the chapter on the stage, under the chapter's style sheet too; returns it and what it asks upward. */
export async function batchStage<Tag extends string>(
  tag: Tag,
  view: BatchView,
): Promise<{ element: HTMLElement; actions: BatchAction[] }> {
  const element = await stage(tag, { view: view as never });
  await loadLate("batch", element);
  await rendered(element.parentElement as HTMLElement);
  const page = element.parentElement as HTMLElement;
  page.lang = view.page.state.language === "zh" ? "zh-CN" : "en";
  page.dataset.theme = view.page.state.theme;
  // The step's name, below which the chapter's headings stand.
  page.prepend(Object.assign(document.createElement("h2"), { textContent: "Your own batch" }));
  const actions: BatchAction[] = [];
  element.addEventListener("celoss-batch-action", (event) => actions.push((event as CustomEvent<BatchAction>).detail));
  return { element, actions };
}
