// The whole demo as one element: <cross-entropy-demo step="softmax" x="1,2;3,4" y="0,1" lang="zh">. It holds the store and
// the only shadow root; its own content is the fallback. It touches nothing outside: addresses, titles and frames are the
// business of entries/page.ts.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { loadCore } from "../core.ts";
import { texts } from "../i18n/index.ts";
import type { Language } from "../i18n/language.ts";
import type { Lab } from "../lab/index.ts";
import { listen, send, takeBatches } from "../state/events.ts";
import { cellKey } from "../state/lesson/cell.ts";
import { lightsOf } from "../state/lesson/derive.ts";
import { sentence } from "../state/lesson/explain.ts";
import { openingOf } from "../state/lesson/opening.ts";
import { sources } from "../state/lesson/provenance.ts";
import { initialState, type State } from "../state/lesson/state.ts";
import { isPacked, unpack } from "../state/packing.ts";
import { ATTRIBUTES } from "../state/parameters.ts";
import { open } from "../state/requests.ts";
import { givenIn, STEPS, type StepId } from "../state/steps.ts";
import { Store } from "../state/store.ts";
import { writeHash, writeQuery } from "../state/url.ts";
import { footer } from "./controls/footer.ts";
import { keepKeys } from "./controls/keys.ts";
import { preferences } from "./controls/preferences.ts";
import { problems } from "./controls/problems.ts";
import type { DialogRequest } from "./controls/share-buttons.ts";
import { type Ground, GroundObserver } from "./demo/ground.ts";
import { ParameterReader, problemOfPage } from "./demo/parameter-reader.ts";
import { listenForQuestions } from "./demo/provenance.ts";
import { Settling } from "./demo/settling.ts";
import { Teller } from "./demo/teller.ts";
import { unavailable } from "./demo/unavailable.ts";
import type { CelossEmbed } from "./dialogs/embed.ts";
import type { CelossExport } from "./dialogs/export.ts";
import { threads } from "./figures/threads.ts";
import type { CelossBatch } from "./steps/batch.ts";
import { stepElement } from "./steps/step-element.ts";
import { styles } from "./styles.ts";
import type { Room, View } from "./view.ts";

/** In pixels. Below the first, as in the style sheets, matrices stand one below the other. */
const WIDTHS = { none: 600, some: 900 } as const;

export class CrossEntropyDemo extends LitElement {
  static override properties = {
    page: {},
    standalone: { attribute: false },
    core: { state: true },
    failure: { state: true },
    current: { state: true },
    room: { state: true },
    drawn: { state: true },
    ground: { state: true },
    dialogs: { state: true },
  };
  static override styles = styles;

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: LitElement's own would finalize LitElement, not this class.
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  declare core: Lab | null;
  declare failure: Error | null;
  declare current: StepId;
  declare room: Room;
  /** How many steps are drawn: one at once, so that it is there soon, and one more in every frame that follows. */
  declare drawn: number;
  /** What it stands on in somebody else's article; null: in a page of its own, or not near yet. */
  declare ground: Ground | null;
  /** One of the dialogs has been asked for: they are loaded. */
  declare dialogs: boolean;

  /** Where the whole page is, if no element says otherwise. */
  static wholePage: string | null = null;

  /** It is the content of its page, not a part of somebody else's: it has the page's main heading and landmarks. */
  declare standalone: boolean;
  /** The address of the whole page (index.html), for those who want to see more of it; null: nobody knows one. */
  declare page: string | null;

  #store: Store | null = null;
  #view: View | null = null;
  readonly #parameters = new ParameterReader(this);
  /** The attributes, the query or the hash have changed. */
  #stale = true;
  /** What is shown where the hash says nothing; null: it says everything. */
  #plain: State | null = null;
  readonly #teller = new Teller(this);
  #language: Language = "zh";
  /** In pixels, once it is known. */
  #width = 0;
  #settling: Settling | null = null;

  readonly #widths = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    this.room = width < WIDTHS.none ? "none" : width < WIDTHS.some ? "some" : "more";
    if (width !== this.#width) this.#settling?.layOut();
    this.#width = width;
  });
  #grounds: GroundObserver | null = null;
  /** Nothing heavy before it comes near the window. */
  readonly #nearby = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#load();
    },
    { rootMargin: "50% 0px" },
  );

  constructor() {
    super();
    this.standalone = false;
    this.page = CrossEntropyDemo.wholePage;
    this.core = null;
    this.failure = null;
    this.current = STEPS[0];
    this.room = "more";
    this.drawn = 1;
    this.ground = null;
    this.dialogs = false;
    listen(
      this,
      (action) => this.#store?.dispatch(action),
      (request) => this.#store?.request(request),
    );
    takeBatches(this, (text) => this.#takeBatch(text));
    this.addEventListener("keydown", (event) => this.press(event));
    keepKeys(this);
  }

  /** How it is shown, as the query of an address spells it; it goes before the attributes. */
  get query(): string {
    return this.#store ? writeQuery(this.#store.state) : this.#parameters.query;
  }

  set query(query: string) {
    this.#parameters.query = query;
    this.#stale = true;
    this.requestUpdate();
  }

  /** What it shows, as the hash of an address spells it; it goes before the attributes. */
  get hash(): string {
    return this.#store ? writeHash(this.#store.state, this.#plain, this.#step) : this.#parameters.hash;
  }

  set hash(hash: string) {
    if (isPacked(hash)) unpack(hash).then((unpacked) => this.#setHash(unpacked));
    else this.#setHash(hash);
  }

  #setHash(hash: string): void {
    this.#parameters.hash = hash;
    this.#stale = true;
    this.requestUpdate();
  }

  /** Whether the fallback is past: the demo runs, or has said why it cannot. */
  get settled(): boolean {
    return this.#store !== null || this.failure !== null;
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (!ATTRIBUTES.includes(name)) return;
    this.#stale = true;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#widths.observe(this);
    this.#nearby.observe(this);
    addEventListener("scroll", this.#scrolled, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#widths.disconnect();
    this.#nearby.disconnect();
    this.#grounds?.disconnect();
    removeEventListener("scroll", this.#scrolled);
  }

  async #load(): Promise<void> {
    this.#nearby.disconnect();
    if (!this.standalone) this.#standOn();
    try {
      this.core = await loadCore();
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  #standOn(): void {
    this.#grounds ??= new GroundObserver(this.renderRoot as ShadowRoot, (ground) => {
      this.ground = ground;
    });
    this.#grounds.observe();
  }

  protected override firstUpdated(): void {
    this.#settling = new Settling(this.renderRoot);
    listenForQuestions(this.renderRoot as ShadowRoot);
    // Links inside a shadow root do not find their targets by themselves.
    this.renderRoot.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      this.show(link.hash.slice(1) as StepId);
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("page")) this.#stale = true;
    if (this.#stale) this.#readAgain();
    if (this.#store === null) return;
    const { state, model } = this.#store;
    if (!state.steps.includes(this.current)) this.current = state.steps[0] ?? STEPS[0];
    const before = this.#view;
    const sameLights = before?.model === model && before.state.asked === state.asked;
    const view: View = {
      state,
      model,
      text: texts[state.language],
      lights: sameLights ? before.lights : lightsOf(model, state.asked),
      given: givenIn(state.steps),
      room: this.room,
      // In a frame as high as its content the foot of the window is nowhere near.
      sheet: this.room === "none" && window.parent === window,
      standalone: this.standalone,
    };
    // Scrolling, for one, changes nothing that the steps show.
    const names = Object.keys(view) as (keyof View)[];
    if (before === null || names.some((name) => view[name] !== before[name])) this.#view = view;
  }

  /** Brings what is shown up to what the attributes, the query and the hash say now. */
  #readAgain(): void {
    const said = this.#parameters.read(this.page);
    const { settings, layers, problems } = said;
    this.#language = settings.language;
    if (this.core === null) return;
    if (said.awaitsGrammar) {
      this.#parameters.loadGrammar().then(() => this.requestUpdate());
      return;
    }
    this.#stale = false;
    const plain = { ...initialState(settings.language, settings.theme), ...settings };
    this.#plain = said.areNumbersInAttributes ? null : plain;
    if (this.#store === null) {
      const opening = open(this.core, layers, problems);
      this.#store = new Store(this.core, { ...plain, ...opening }, () => this.requestUpdate());
      this.#start(this.#store.state.steps, said.step);
      return;
    }
    if (said.isNew.settings) {
      // What is wrong with the numbers is so in any language.
      const { problems: all } = openingOf(layers, problems);
      this.#store.dispatch({ type: "setSettings", settings, problems: all });
    }
    if (said.isNew.numbers) {
      this.#store.request({ type: "open", layers, problems });
      this.#teller.isOpened = true;
      const { step } = said;
      if (step) this.updateComplete.then(() => this.#arrive(step));
    }
  }

  /** The demo takes the place of the fallback. `step` is the one that the address names. */
  #start([first = STEPS[0]]: readonly StepId[], step: StepId | null): void {
    // Who arrives somewhere else than at the beginning needs all of it at once.
    if (step || scrollY > 0) this.drawn = STEPS.length;
    if (step) this.updateComplete.then(() => requestAnimationFrame(() => this.#arrive(step)));
    // A link of the fallback is hidden now. If it had the focus, the focus goes, in view, to what has taken its place.
    // (Not :focus, which WebKit knows nothing of while its window is not the active one.)
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    if (activeElement !== this && this.contains(activeElement)) {
      this.updateComplete.then(() => requestAnimationFrame(() => this.#focus(first)));
    }
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const main = this.standalone ? "main" : nothing;
    if (view === null)
      return html`${unavailable(this.#language, this.ground, this.standalone, this.failure)}<div role=${main} part="fallback"><slot></slot></div>`;
    const { state } = view;
    const alone = state.steps.length < STEPS.length;
    /** The numbers for another place, where the attributes of this one are not known. */
    const hash = writeHash(state, initialState(state.language, state.theme), null);
    return html`
      <div
        class="page"
        part="page"
        role=${this.standalone ? nothing : "article"}
        lang=${state.language === "zh" ? "zh-CN" : "en"}
        data-theme=${state.theme}
        data-ground=${state.theme === "auto" ? (this.ground ?? nothing) : nothing}
        data-hide=${state.hide.join(" ")}
        ?data-part=${alone}
        ?data-asking=${view.lights.size > 0}
        @celoss-dialog=${this.#openDialog}
      >
        ${alone ? nothing : preferences(this, view)}
        ${state.steps.length > 1 ? html`<celoss-rail .view=${view} .current=${this.current}></celoss-rail>` : nothing}
        <div class="steps" role=${main}>
          ${
            // A page has a main heading, also where only the opening figure could show it.
            this.standalone && !state.steps.includes("question")
              ? html`<h1 class="off-screen">${view.text.title}</h1>`
              : nothing
          }
          ${problems(this, view)}
          ${state.steps.slice(0, this.drawn).map((id) => stepElement(id, view))}
        </div>
        ${this.drawn < state.steps.length ? nothing : footer(this, view, this.#wholePage(state, hash))}
        ${
          this.dialogs
            ? html`<celoss-export .view=${view}></celoss-export><celoss-embed .view=${view} .hash=${hash} .page=${this.#page}></celoss-embed>`
            : nothing
        }
        <svg class="threads" aria-hidden="true"></svg>
        <p class="off-screen" role="status">${spoken(view)}</p>
      </div>`;
  }

  /** The address of the whole page, if a link may lead there. */
  get #page(): string | null {
    return problemOfPage(this.page).length === 0 ? this.page : null;
  }

  readonly #openDialog = async ({ target, detail }: CustomEvent<DialogRequest>): Promise<void> => {
    this.dialogs = true;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector<CelossEmbed | CelossExport>(`celoss-${detail.dialog}`);
    dialog?.open(detail.step, target as HTMLElement);
  };

  /** The whole page with the same numbers. */
  #wholePage(state: State, hash: string): string | null {
    if (this.#page === null) return null;
    const query = writeQuery({ ...state, steps: STEPS, hide: [], readonly: false });
    return `${this.#page}${query}${hash === "" ? "" : `#${hash}`}`;
  }

  protected override updated(): void {
    const view = this.#view;
    if (view === null) return;
    if (this.drawn < view.state.steps.length) requestAnimationFrame(() => this.drawn++);
    this.#tell();
    this.#settling?.follow(view, this.drawn);
    const svg = this.renderRoot.querySelector<SVGSVGElement>(".threads");
    // After the steps below have rendered their lights.
    if (svg) requestAnimationFrame(() => this.#drawThreads(svg, view));
  }

  #drawThreads(svg: SVGSVGElement, { state, model, lights }: View): void {
    const { asked, askedIn } = state;
    const figure = lights.size > 0 ? this.renderRoot.querySelector(`#${askedIn} .step-figure`) : null;
    if (asked === null || figure === null) svg.replaceChildren();
    else threads(svg, figure, cellKey(asked), sources(asked, model.graph).map(cellKey));
  }

  /** Tells the page around what is shown now, if that is something else. */
  #tell(step = this.#step, isJump = false): void {
    if (this.#store) this.#teller.tell(this.#store.state, this.#plain, step, isJump);
  }

  /** The step the reader has come to; the first goes without saying. */
  get #step(): StepId | null {
    return this.current === this.#store?.state.steps[0] ? null : this.current;
  }

  /** Goes to a step, as a click on its name does. */
  show(id: StepId): void {
    if (this.#store && this.drawn < STEPS.length) {
      this.drawn = STEPS.length;
      this.updateComplete.then(() => this.show(id));
      return;
    }
    if (!this.#scrollTo(id, matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth")) return;
    this.#focus(id, { preventScroll: true });
    this.#tell(id, true);
  }

  /** Goes to the chapter that takes any batch, with what was pasted, if it is shown. */
  #takeBatch(text: string): boolean {
    if (!this.#store?.state.steps.includes("batch")) return false;
    this.drawn = STEPS.length;
    this.updateComplete.then(() => {
      const step = this.renderRoot.querySelector<CelossBatch>("celoss-batch");
      if (step) step.brought = { text };
      this.show("batch");
    });
    return true;
  }

  #focus(id: StepId, options?: FocusOptions): void {
    this.#section(id)?.querySelector<HTMLElement>(".step-name")?.focus(options);
  }

  #scrollTo(id: StepId, behavior: ScrollBehavior = "auto"): boolean {
    this.#settling?.layOut();
    const section = this.#section(id);
    section?.scrollIntoView({ behavior });
    return section !== null;
  }

  /** To the step that the address names. Nobody has asked an article around to scroll, so a frame scrolls itself alone. */
  #arrive(id: StepId): void {
    if (window.parent === window) this.#scrollTo(id);
    else window.scrollBy(0, this.#section(id)?.getBoundingClientRect().top ?? 0);
  }

  #section(id: StepId): Element | null {
    return this.renderRoot.querySelector(`#${CSS.escape(id)}`);
  }

  /** The keys of the whole demo: from step to step, and undo. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#store === null) return;
    const { steps } = this.#store.state;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const to = steps[steps.indexOf(this.current) + (event.key === "ArrowUp" ? -1 : 1)];
      if (to) this.show(to);
      event.preventDefault();
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) {
      const redo = event.shiftKey || event.key.toLowerCase() === "y";
      event.preventDefault();
      send(this, { type: redo ? "redo" : "undo" });
    }
  }

  /** The current step is the last one whose head has passed the upper third of the window. */
  readonly #scrolled = (): void => {
    if (this.#store === null) return;
    const line = innerHeight / 3;
    let [current = STEPS[0]] = this.#store.state.steps;
    for (const section of this.renderRoot.querySelectorAll("section.step")) {
      if (section.getBoundingClientRect().top <= line) current = section.id as StepId;
    }
    this.current = current;
  };
}

/** What a screen reader hears when a number is asked; its name and value it has read already. */
function spoken({ state, model }: View): string {
  return (state.asked && sentence(model, state.asked, state.language)) ?? "";
}
