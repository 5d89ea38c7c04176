// Where elements are tested: in a shadow root with the styles of the demo, as <cross-entropy-demo> gives it to them.

import axe from "axe-core";
import { html, type nothing, render, type TemplateResult } from "../../../web/node_modules/lit/index.js";
import { loadCore } from "../../../web/src/core.ts";
import { define } from "../../../web/src/elements/define.ts";
import { loadLate } from "../../../web/src/elements/late.ts";
import { styles } from "../../../web/src/elements/styles.ts";
import type { View } from "../../../web/src/elements/view.ts";
import { texts } from "../../../web/src/i18n/index.ts";
import { listen } from "../../../web/src/state/events.ts";
import type { Action } from "../../../web/src/state/lesson/actions.ts";
import { lightsOf } from "../../../web/src/state/lesson/derive.ts";
import { loadGrammar } from "../../../web/src/state/lesson/late.ts";
import { initialState, type State } from "../../../web/src/state/lesson/state.ts";
import { Store } from "../../../web/src/state/store.ts";

/** The Lit of the elements. */
export { html };

export const lab = await loadCore();
export const { parseLogits, parseLabels } = await loadGrammar();
define();

/** What a step is given: the note's example in English, with some of the state otherwise, after some actions. */
export function viewOf(state: Partial<State> = {}, ...actions: Action[]): View {
  const store = new Store(lab, { ...initialState("en", "light"), ...state }, () => {});
  for (const action of actions) store.dispatch(action);
  return {
    state: store.state,
    model: store.model,
    text: texts[store.state.language],
    lights: lightsOf(store.model, store.state.asked),
    given: null,
    room: "more",
    sheet: false,
    standalone: false,
  };
}

/** Puts an element on the empty stage, with its properties; resolves once everything on it has rendered. */
export function stage<Tag extends string>(
  tag: Tag,
  properties: { view?: View } & Record<string, unknown>,
): Promise<HTMLElement> {
  return place(Object.assign(document.createElement(tag), properties), properties.view);
}

/** The same for what is a template and no element of its own; it stands in the <div> that this resolves to. */
export function stageTemplate(template: TemplateResult | typeof nothing, view?: View): Promise<HTMLElement> {
  const container = document.createElement("div");
  render(template, container);
  return place(container, view);
}

async function place(element: HTMLElement, view?: View): Promise<HTMLElement> {
  document.documentElement.lang = "en";
  document.title = "A stage";
  document.body.innerHTML = "<main><h1>A stage</h1><div></div></main>";
  const root = (document.querySelector("main div") as Element).attachShadow({ mode: "open" });
  root.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet as CSSStyleSheet);
  const page = document.createElement("div");
  const { language, theme } = view?.state ?? { language: "en", theme: "light" };
  page.className = "page";
  page.lang = language === "zh" ? "zh-CN" : "en";
  page.dataset.theme = theme;
  page.append(element);
  root.append(page);
  await loadLate("dialogs", page);
  await rendered(page);
  return element;
}

/** What is sent upward from a place, from now on. */
export function sentFrom(place: EventTarget): unknown[] {
  const sent: unknown[] = [];
  const hear = (message: unknown) => sent.push(message);
  listen(place, hear, hear);
  return sent;
}

/** Charts draw in the frame after the one that tells them their width. */
export async function rendered(place: ParentNode): Promise<void> {
  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  for (const element of place.querySelectorAll("*")) {
    if ("updateComplete" in element) await element.updateComplete;
  }
}

/** What axe-core has to complain about on the stage. */
export async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.querySelector("main") as Element, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}`));
}

/** The texts of everything that a selector finds. */
export const textsOf = (place: ParentNode, selector: string): string[] =>
  [...place.querySelectorAll<HTMLElement>(selector)].map(({ innerText }) => innerText.trim());
