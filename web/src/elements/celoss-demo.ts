// The whole page as one element. It holds the store and the only shadow root; its own content is the fallback.

import { html, LitElement, type TemplateResult, unsafeCSS } from "lit";
import type { Celoss } from "../api/index.ts";
import { texts } from "../i18n/index.ts";
import { listen, send } from "../state/actions.ts";
import { lightsOf } from "../state/derive.ts";
import { explain } from "../state/explain.ts";
import { SOURCE } from "../state/presets.ts";
import { initialState, type Language, type Theme } from "../state/state.ts";
import { Store } from "../state/store.ts";
import { firstLanguage, readParameter, withParameter } from "../state/url.ts";
import charts from "../styles/charts.css?inline";
import page from "../styles/page.css?inline";
import print from "../styles/print.css?inline";
import tensors from "../styles/tensors.css?inline";
import { listenForQuestions } from "./asking.ts";
import { choice } from "./choice.ts";
import { STEPS, type StepId } from "./step.ts";
import { threads } from "./threads.ts";
import type { View } from "./view.ts";

export class CelossDemo extends LitElement {
  static override properties = {
    core: { attribute: false },
    failure: { attribute: false },
    current: { state: true },
  };
  static override styles = [page, tensors, charts, print].map(unsafeCSS);

  /** The loaded core; until it is there the element shows its own content. */
  declare core: Celoss | null;
  /** Why the core could not be loaded. */
  declare failure: Error | null;
  declare current: StepId;

  #store: Store | null = null;
  #view: View | null = null;
  #language: Language = firstLanguage(location.search, navigator.languages);
  #theme: Theme = readParameter(location.search, "theme") ?? "auto";

  constructor() {
    super();
    this.core = null;
    this.failure = null;
    this.current = "question";
    listen(this, (action) => {
      this.#store?.dispatch(action);
      if (action.type === "setLanguage" || action.type === "setTheme") this.#remember();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reflect();
    addEventListener("keydown", this.#key);
    addEventListener("scroll", this.#scrolled, { passive: true });
    addEventListener("hashchange", this.#goToHash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#key);
    removeEventListener("scroll", this.#scrolled);
    removeEventListener("hashchange", this.#goToHash);
  }

  protected override firstUpdated(): void {
    listenForQuestions(this.renderRoot as ShadowRoot);
    // Links inside a shadow root do not find their targets by themselves.
    this.renderRoot.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      this.#show(link.hash.slice(1) as StepId);
    });
  }

  protected override willUpdate(): void {
    if (this.core !== null && this.#store === null) {
      // The address may name a step, which is there only after this first rendering.
      this.updateComplete.then(() => requestAnimationFrame(this.#goToHash));
      this.#store = new Store(this.core, initialState(this.#language, this.#theme), () => this.requestUpdate());
    }
    if (this.#store !== null) {
      const { state, model } = this.#store;
      this.#view = { state, model, text: texts[state.language], lights: lightsOf(model, state.asked) };
    }
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    if (view === null) return html`${this.#unavailable()}<main><slot></slot></main>`;
    const { text, state } = view;
    return html`
      <div class="page" lang=${state.language === "zh" ? "zh-CN" : "en"} ?data-asking=${view.lights.size > 0}>
        <header class="preferences">
          ${choice(
            text.theme.label,
            "theme",
            (["auto", "light", "dark"] as const).map((theme) => ({ value: theme, label: text.theme[theme] })),
            state.theme,
            (value) => send(this, { type: "setTheme", theme: value as Theme }),
          )}
          <button
            type="button"
            class="language"
            lang=${state.language === "zh" ? "en" : "zh-CN"}
            @click=${() => send(this, { type: "setLanguage", language: state.language === "zh" ? "en" : "zh" })}
          >${text.switchLanguage}</button>
        </header>
        <celoss-rail .view=${view} .current=${this.current}></celoss-rail>
        <main>
          <celoss-question .view=${view}></celoss-question>
          <celoss-data .view=${view}></celoss-data>
          <celoss-softmax .view=${view}></celoss-softmax>
          <celoss-log .view=${view}></celoss-log>
          <celoss-log-softmax .view=${view}></celoss-log-softmax>
          <celoss-nll-loss .view=${view}></celoss-nll-loss>
          <celoss-cross-entropy .view=${view}></celoss-cross-entropy>
          <celoss-lesson .view=${view}></celoss-lesson>
          <celoss-labels .view=${view}></celoss-labels>
        </main>
        <footer>
          <p>
            ${text.credit.before}<a href=${SOURCE.note} lang="zh-CN">${text.credit.note}</a>${text.credit.by}<a href=${SOURCE.author}>${SOURCE.name}</a>${text.credit.after}
          </p>
          <p>${text.colophon}</p>
        </footer>
        <svg class="threads" aria-hidden="true"></svg>
        <p class="off-screen" role="status">${this.#spoken(view)}</p>
      </div>`;
  }

  protected override updated(): void {
    const view = this.#view;
    if (view === null) return;
    const { language, theme } = view.state;
    if (language !== this.#language || theme !== this.#theme) {
      this.#language = language;
      this.#theme = theme;
      this.#reflect();
    }
    const svg = this.renderRoot.querySelector<SVGSVGElement>(".threads");
    // After the steps below have rendered their lights.
    if (svg) requestAnimationFrame(() => threads(svg, this.renderRoot as ShadowRoot, view));
  }

  /** What a screen reader hears when a number is asked; its name and value it has read already. */
  #spoken(view: View): string {
    const { asked, example } = view.state;
    const explanation = asked === null ? null : explain(view.model, asked, example.reduction);
    return asked === null || explanation === null
      ? ""
      : view.text.made[asked.tensor](explanation.operands, explanation.divisor);
  }

  #unavailable(): TemplateResult {
    const { unavailable } = texts[this.#language];
    return html`<div class="unavailable" role="status" lang=${this.#language === "zh" ? "zh-CN" : "en"}>
      ${
        this.failure === null
          ? html`<p>${unavailable.loading}</p>`
          : html`<p>${unavailable.failed}</p><p class="reason">${unavailable.reason}<code>${String(this.failure.cause ?? this.failure.message)}</code></p>`
      }
    </div>`;
  }

  /** Language and theme are the document's. Only when they change: touching the root restyles everything. */
  #reflect(): void {
    const { dataset } = document.documentElement;
    document.documentElement.lang = this.#language === "zh" ? "zh-CN" : "en";
    document.title = `celoss: ${texts[this.#language].title}`;
    dataset.language = this.#language;
    if (this.#theme === "auto") delete dataset.theme;
    else dataset.theme = this.#theme;
  }

  /** The address keeps the language and the theme. In a sandbox it cannot, and need not. */
  #remember(): void {
    const state = this.#store?.state;
    if (!state) return;
    let search = withParameter(location.search, "lang", state.language);
    search = withParameter(search, "theme", state.theme);
    replaceAddress(search + location.hash);
  }

  #show(id: StepId): void {
    const section = this.renderRoot.querySelector(`#${CSS.escape(id)}`);
    if (!section) return;
    section.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    section.querySelector<HTMLElement>("h1, h2")?.focus({ preventScroll: true });
    try {
      history.pushState(null, "", `#${id}`);
    } catch {
      // An opaque sandbox may forbid it; the page has moved all the same.
    }
  }

  readonly #goToHash = (): void => {
    if (location.hash.length > 1)
      this.renderRoot.querySelector(`#${CSS.escape(location.hash.slice(1))}`)?.scrollIntoView();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const to = STEPS[STEPS.indexOf(this.current) + (event.key === "ArrowUp" ? -1 : 1)];
      if (to) this.#show(to);
      event.preventDefault();
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) {
      const redo = event.shiftKey || event.key.toLowerCase() === "y";
      event.preventDefault();
      send(this, { type: redo ? "redo" : "undo" });
    }
  };

  /** The current step is the last one whose head has passed the upper third of the window. */
  readonly #scrolled = (): void => {
    const line = innerHeight / 3;
    let current: StepId = "question";
    for (const section of this.renderRoot.querySelectorAll("section.step")) {
      if (section.getBoundingClientRect().top <= line) current = section.id as StepId;
    }
    if (current === this.current) return;
    this.current = current;
    replaceAddress(`${location.search}#${current}`);
  };
}

function replaceAddress(address: string): void {
  try {
    history.replaceState(null, "", address);
  } catch {
    // From disk or in a sandbox the browser may refuse: the address stays as it is.
  }
}
