// What the attributes, the query and the hash of a demo say, and what of it is new.

import type { Language } from "../../i18n/language.ts";
import { isPageAddress } from "../../read/address.ts";
import { loadGrammar } from "../../state/lesson/late.ts";
import type { Problem } from "../../state/problem.ts";
import { type Parameters, parametersOf } from "../../state/spellings.ts";
import { firstLanguage } from "../../state/url.ts";

export interface ReadParameters extends Parameters {
  /** Some of it takes the grammar, which is not there yet. */
  readonly awaitsGrammar: boolean;
  /** Attributes say something of the numbers. Elsewhere nobody knows what, so next to them a hash says everything. */
  readonly areNumbersInAttributes: boolean;
  /** What is said otherwise than when it was read last. */
  readonly isNew: { readonly settings: boolean; readonly numbers: boolean };
}

export class ParameterReader {
  readonly #demo: HTMLElement;
  #hash = "";
  #last = { settings: "", numbers: "" };
  #hasGrammarFailed = false;
  /** The language where nothing says which. */
  #around: Language | null = null;

  query = "";

  constructor(demo: HTMLElement) {
    this.#demo = demo;
  }

  get hash(): string {
    return this.#hash;
  }

  /** The same hash once more means it: the reader may have edited since. */
  set hash(hash: string) {
    this.#hash = hash;
    this.#last.numbers = "";
  }

  /** `page` is the address of the whole page. */
  read(page: string | null): ReadParameters {
    const parameters = parametersOf(this.#demo, this.query, this.#hash, this.#languageAround);
    const { settings, layers } = parameters;
    const problems = [...parameters.problems, ...problemOfPage(page)];
    const before = this.#last;
    const now = { settings: JSON.stringify([settings, problems]), numbers: JSON.stringify(layers) };
    const awaitsGrammar = !this.#hasGrammarFailed && problems.some(isNotLoaded);
    if (!awaitsGrammar) [this.#last, this.#hasGrammarFailed] = [now, false];
    return {
      awaitsGrammar,
      ...parameters,
      problems,
      areNumbersInAttributes: Object.keys(layers[0]).length > 0,
      isNew: { settings: now.settings !== before.settings, numbers: now.numbers !== before.numbers },
    };
  }

  /** Resolves once what awaits the grammar can be read, or never will be. */
  async loadGrammar(): Promise<void> {
    await loadGrammar().catch(() => {
      this.#hasGrammarFailed = true;
    });
  }

  /** The language of the article around, else the reader's. Asked once: a page of our own follows the demo in this. */
  get #languageAround(): Language {
    const article = this.#demo.closest("[lang]")?.getAttribute("lang") ?? "";
    this.#around ??= firstLanguage([article, ...navigator.languages]);
    return this.#around;
  }
}

const isNotLoaded = ({ rule }: Problem): boolean => rule.kind === "matrix" && rule.problem.kind === "notLoaded";

/** What is wrong with the address of the whole page, if a link may not lead there. */
export function problemOfPage(page: string | null): Problem[] {
  return page === null || isPageAddress(page) ? [] : [{ name: "page", rule: { kind: "address", bad: page } }];
}
