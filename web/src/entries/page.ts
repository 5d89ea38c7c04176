// The page: the demo, and what a page of its own adds to it. The address keeps what it shows, the document has its title,
// language and theme, the window its keys, and a page around that holds this one in a frame hears how high it is.

// The texts first, and in the order of the fallback that repeats them: so they stand within the 32 KB that gzip looks
// back, and are stored once (4 KB less; see plugins/script-last.ts). Then Lit: between texts and code the core would be
// in the way (1 KB more).
import "../i18n/zh.ts";
import "../i18n/en.ts";
import "lit";
import { address } from "virtual:address";
import { loadCore } from "../core.ts";
import { CrossEntropyDemo } from "../elements/cross-entropy-demo.ts";
import { define } from "../elements/define.ts";
import type { DemoChange } from "../elements/demo/teller.ts";
import { texts } from "../i18n/index.ts";
import type { Language } from "../i18n/language.ts";
import { pack, unpack } from "../state/packing.ts";
import type { Theme } from "../state/settings.ts";
import { parametersOf } from "../state/spellings.ts";
import { STEPS } from "../state/steps.ts";
import { bareStep, firstLanguage, readQuery, withQuery } from "../state/url.ts";

/** A drag is too fast for a history: the address follows once the hand rests, in milliseconds. */
const REST = 250;

/** Marks our own entries of the history: what they say is the whole state, and not just where to scroll to. */
const OURS = { celoss: true };

const framed = window.parent !== window;

async function bindPage(demo: CrossEntropyDemo): Promise<void> {
  const { settings } = parametersOf(demo, location.search, "", firstLanguage(navigator.languages));
  dress(settings.language, settings.theme);
  // As first-paint.ts does by the query; here the attributes count too.
  document.documentElement.dataset.steps = settings.steps.length < STEPS.length ? settings.steps.join(" ") : "";
  demo.standalone = true;
  demo.page = ownAddress();
  demo.query = location.search;
  demo.hash = await unpack(location.hash);
  // In a frame it waits until it is near.
  if (!framed) loadCore().catch(() => {});
  followAddress(demo);
  addEventListener("keydown", (event) => demo.press(event));
  if (framed) tellHeight(demo);
}

/** The address of this page without what it shows; null where it has none that a link could lead to. */
function ownAddress(): string | null {
  const { protocol, origin, pathname } = location;
  if (/^https?:$/.test(protocol)) return origin + pathname;
  if (address !== null) return `${address}index.html`;
  return protocol === "file:" ? `file://${pathname}` : null;
}

let dressed = "";

/** Language and theme of the document. Only when they change: touching the root restyles everything. */
function dress(language: Language, theme: Theme): void {
  if (dressed === `${language} ${theme}`) return;
  dressed = `${language} ${theme}`;
  const root = document.documentElement;
  root.lang = language === "zh" ? "zh-CN" : "en";
  root.dataset.language = language;
  document.title = `celoss: ${texts[language].title}`;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** Keeps address and demo the same, in both directions. In a frame the history is the article's, and gets no entries. */
function followAddress(demo: CrossEntropyDemo): void {
  let waiting: DemoChange | null = null;
  let typed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = async ({ query, hash, entry }: DemoChange) => {
    const address = `${withQuery(location.search, query)}${hash === "" ? "" : `#${await pack(hash)}`}`;
    try {
      if (entry && !framed) history.pushState(OURS, "", address);
      else history.replaceState(OURS, "", address);
    } catch {
      // From disk or in a sandbox the browser may refuse: the address stays as it is.
    }
  };
  const rest = () => {
    clearTimeout(timer);
    if (waiting) write(waiting);
    waiting = null;
  };
  demo.addEventListener("celoss-change", (event) => {
    const change = (event as CustomEvent<DemoChange>).detail;
    const { lang, theme = "auto" } = readQuery(change.query).settings;
    if (lang) dress(lang, theme);
    clearTimeout(timer);
    if (change.entry) {
      rest();
      // What the reader has typed into the address is an entry already.
      write({ ...change, entry: !typed });
      typed = false;
    } else {
      waiting = change;
      timer = setTimeout(rest, REST);
    }
  });
  addEventListener("pagehide", rest);
  addEventListener("popstate", async ({ state }) => {
    waiting = null;
    const step = bareStep(location.hash);
    if (step && !state?.celoss) {
      typed = true;
      demo.show(step);
    } else demo.hash = await unpack(location.hash);
  });
}

/**
 * Tells the page around how high this one is, as {"celoss-height": pixels}: rounded up, at most once a frame of time,
 * and only when it has changed. Before the demo is there nobody knows.
 */
function tellHeight(demo: CrossEntropyDemo): void {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told || !demo.settled) return;
    told = height;
    window.parent.postMessage({ "celoss-height": height }, "*");
  };
  new ResizeObserver(() => requestAnimationFrame(tell)).observe(document.documentElement);
}

define();

const demo = document.querySelector("cross-entropy-demo");
if (demo instanceof CrossEntropyDemo) bindPage(demo);
