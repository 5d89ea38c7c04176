// The whole demo as one element: <cross-entropy-demo step="softmax" x="1,2;3,4" y="0,1" lang="zh">. It holds the store and
// the only shadow root; its own content is the fallback. It touches nothing outside: addresses, titles and frames are the
// business of entries/page.ts.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { loadCore } from "../core.ts";
import { texts } from "../i18n/index.ts";
import type { Language } from "../i18n/language.ts";
import type { Lab } from "../lab/index.ts";
import { isPageAddress } from "../read/address.ts";
import { listen, send } from "../state/events.ts";
import { cellKey } from "../state/lesson/cell.ts";
import { lightsOf } from "../state/lesson/derive.ts";
import { sentence } from "../state/lesson/explain.ts";
import { openingOf } from "../state/lesson/opening.ts";
import { sources } from "../state/lesson/provenance.ts";
import { initialState, type State } from "../state/lesson/state.ts";
import { isPacked, unpack } from "../state/packing.ts";
import { ATTRIBUTES } from "../state/parameters.ts";
import type { Problem } from "../state/problem.ts";
import { open } from "../state/requests.ts";
import { parametersOf } from "../state/spellings.ts";
import { givenIn, STEPS, type StepId } from "../state/steps.ts";
import { Store } from "../state/store.ts";
import { firstLanguage, writeHash, writeQuery } from "../state/url.ts";
import { footer } from "./controls/footer.ts";
import { keepKeys } from "./controls/keys.ts";
import { preferences } from "./controls/preferences.ts";
import { problems } from "./controls/problems.ts";
import type { DialogRequest } from "./controls/share-buttons.ts";
import { type Ground, GroundObserver } from "./demo/ground.ts";
import { listenForQuestions } from "./demo/provenance.ts";
import type { CelossEmbed } from "./dialogs/embed.ts";
import type { CelossExport } from "./dialogs/export.ts";
import { inline } from "./figures/inline.ts";
import { threads } from "./figures/threads.ts";
import { stepElement } from "./steps/step-element.ts";
import { styles } from "./styles.ts";
import type { Room, View } from "./view.ts";

/** Something else is shown now: the detail of "celoss-change". */
export interface DemoChange {
  /** As the query and the hash of an address spell it. */
  readonly query: string;
  readonly hash: string;
  /** An edit that was committed, or a step that was gone to: worth an entry in a history. A drag is one, however long. */
  readonly entry: boolean;
}

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
  #query = "";
  #hash = "";
  /** The settings, and the numbers, that were read last; stale: the attributes, the query or the hash have changed. */
  #read = { settings: "", data: "" };
  #stale = true;
  /** What is shown where the hash says nothing; null: it says everything. */
  #plain: State | null = null;
  #told: { query: string; hash: string; state: State } | null = null;
  /** What is shown was opened from outside, and is no edit of the reader's. */
  #opened = false;
  /** The language where nothing says which. */
  #around: Language | null = null;
  #language: Language = "zh";
  /** In pixels, once it is known. */
  #width = 0;
  /** What the heights that the browser remembers depend on. */
  #heights = "";
  #settling = 0;

  readonly #widths = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    this.room = width < WIDTHS.none ? "none" : width < WIDTHS.some ? "some" : "more";
    if (width !== this.#width) this.#layOut();
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
    this.addEventListener("keydown", (event) => this.press(event));
    keepKeys(this);
  }

  /** How it is shown, as the query of an address spells it; it goes before the attributes. */
  get query(): string {
    return this.#store ? writeQuery(this.#store.state) : this.#query;
  }

  set query(query: string) {
    this.#query = query;
    this.#stale = true;
    this.requestUpdate();
  }

  /** What it shows, as the hash of an address spells it; it goes before the attributes. */
  get hash(): string {
    return this.#store ? writeHash(this.#store.state, this.#plain, this.#step) : this.#hash;
  }

  set hash(hash: string) {
    if (isPacked(hash)) unpack(hash).then((unpacked) => this.#setHash(unpacked));
    else this.#setHash(hash);
  }

  #setHash(hash: string): void {
    this.#hash = hash;
    this.#stale = true;
    // The same hash once more means it: the reader may have edited since.
    this.#read.data = "";
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
    const said = parametersOf(this, this.#query, this.#hash, this.#languageAround);
    const { settings, layers, step } = said;
    const problems = [...said.problems, ...problemOfPage(this.page)];
    this.#language = settings.language;
    if (this.core === null) return;
    this.#stale = false;
    const before = this.#read;
    this.#read = { settings: JSON.stringify([settings, problems]), data: JSON.stringify(layers) };
    const plain = { ...initialState(settings.language, settings.theme), ...settings };
    // Elsewhere nobody knows what the attributes here say, so next to them a hash says everything.
    this.#plain = Object.keys(layers[0]).length === 0 ? plain : null;
    if (this.#store === null) {
      this.#store = new Store(this.core, { ...plain, ...open(this.core, layers, problems) }, () =>
        this.requestUpdate(),
      );
      // Who arrives somewhere else than at the beginning needs all of it at once.
      if (step || scrollY > 0) this.drawn = STEPS.length;
      if (step) this.updateComplete.then(() => requestAnimationFrame(() => this.#arrive(step)));
      // A link of the fallback is hidden now. If it had the focus, the focus goes, in view, to what has taken its place.
      // (Not :focus, which WebKit knows nothing of while its window is not the active one.)
      const [first = STEPS[0]] = this.#store.state.steps;
      const { activeElement } = this.getRootNode() as Document | ShadowRoot;
      if (activeElement !== this && this.contains(activeElement)) {
        this.updateComplete.then(() => requestAnimationFrame(() => this.#focus(first)));
      }
      return;
    }
    if (this.#read.settings !== before.settings) {
      // What is wrong with the numbers is so in any language.
      const { problems: all } = openingOf(layers, problems);
      this.#store.dispatch({ type: "setSettings", settings, problems: all });
    }
    if (this.#read.data !== before.data) {
      this.#store.request({ type: "open", layers, problems });
      this.#opened = true;
      if (step) this.updateComplete.then(() => this.#arrive(step));
    }
  }

  /** The language of the article around, else the reader's. Asked once: a page of our own follows the demo in this. */
  get #languageAround(): Language {
    this.#around ??= firstLanguage([this.closest("[lang]")?.getAttribute("lang") ?? "", ...navigator.languages]);
    return this.#around;
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const main = this.standalone ? "main" : nothing;
    if (view === null) return html`${this.#unavailable()}<div role=${main} part="fallback"><slot></slot></div>`;
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

  #unavailable(): TemplateResult {
    const { unavailable } = texts[this.#language];
    return html`<div class="unavailable" role="status" data-ground=${this.ground ?? nothing} lang=${this.#language === "zh" ? "zh-CN" : "en"}>
      ${
        this.failure === null
          ? html`<p>${this.standalone ? unavailable.loading : unavailable.loadingHere}</p>`
          : html`<p>${inline(this.standalone ? unavailable.failed : unavailable.failedHere)}</p><p class="reason">${unavailable.reason}<code><bdi>${String(this.failure.cause ?? this.failure.message)}</bdi></code></p>`
      }
    </div>`;
  }

  protected override updated(): void {
    const view = this.#view;
    if (view === null) return;
    if (this.drawn < view.state.steps.length) requestAnimationFrame(() => this.drawn++);
    this.#tell();
    if (this.#heights !== this.#heightsDependOn(view)) this.#layOut();
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

  /** What the heights of the steps depend on, beside the width; the digits of the numbers hardly ever change one. */
  #heightsDependOn({ state, model, standalone }: View): string {
    const { steps, hide, readonly, language, shifted, example } = state;
    const { samples, classes, targetError } = model;
    const shape = [samples, classes, example.dtype, example.reduction, shifted, targetError];
    return JSON.stringify([shape, language, steps, hide, readonly, standalone, this.drawn]);
  }

  /**
   * Lays all steps out. Those out of sight are then left alone (page.css) as soon as the browser knows how high they are:
   * a chart learns its width in one frame and draws itself in the next, whose end is when heights are remembered.
   */
  #layOut(): void {
    if (this.#view) this.#heights = this.#heightsDependOn(this.#view);
    this.renderRoot.querySelector(".page")?.removeAttribute("data-settled");
    cancelAnimationFrame(this.#settling);
    const after = (frames: number) => {
      this.#settling = requestAnimationFrame(() => {
        if (frames > 1) after(frames - 1);
        else this.renderRoot.querySelector(".page")?.toggleAttribute("data-settled", true);
      });
    };
    after(3);
  }

  /** Tells the page around what is shown now, if that is something else. */
  #tell(step = this.#step, jump = false): void {
    if (this.#store === null) return;
    const { state } = this.#store;
    const now = { query: writeQuery(state), hash: writeHash(state, this.#plain, step), state };
    const before = this.#told;
    const opened = this.#opened;
    this.#opened = false;
    if (now.query === before?.query && now.hash === before.hash) return;
    this.#told = now;
    if (before === null) return;
    const entry = jump || (!opened && isEdit(before.state, state));
    const detail: DemoChange = { query: now.query, hash: now.hash, entry };
    this.dispatchEvent(new CustomEvent("celoss-change", { detail }));
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

  #focus(id: StepId, options?: FocusOptions): void {
    this.#section(id)?.querySelector<HTMLElement>(".step-name")?.focus(options);
  }

  #scrollTo(id: StepId, behavior: ScrollBehavior = "auto"): boolean {
    this.#layOut();
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

function problemOfPage(page: string | null): Problem[] {
  return page === null || isPageAddress(page) ? [] : [{ name: "page", rule: { kind: "address", bad: page } }];
}

/** Whether a reader has changed something and means it. A drag is one edit from end to end, the handle none. */
function isEdit(before: State, now: State): boolean {
  const goesOn = now.gesture !== null && now.gesture === before.gesture;
  return (
    (now.example !== before.example && !goesOn) ||
    now.question.softmaxInFront !== before.question.softmaxInFront ||
    now.shifted !== before.shifted
  );
}

/** What a screen reader hears when a number is asked; its name and value it has read already. */
function spoken({ state, model }: View): string {
  return (state.asked && sentence(model, state.asked, state.language)) ?? "";
}
