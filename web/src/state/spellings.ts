// What the attributes of a demo, its query and its hash say together: the later ones go before.

import type { Language } from "../i18n/language.ts";
import { ATTRIBUTES, type Data } from "./parameters.ts";
import type { Problem } from "./problem.ts";
import type { Settings } from "./settings.ts";
import { STEPS, type StepId } from "./steps.ts";
import { readHash, readPairs, readQuery } from "./url.ts";

export interface Parameters {
  readonly settings: Settings;
  /** What is said of the numbers, each on the ground of the one before. */
  readonly layers: readonly [attributes: Data, query: Data, hash: Data];
  readonly problems: readonly Problem[];
  /** The step to go to. */
  readonly step: StepId | null;
}

export function parametersOf(demo: Element, query: string, hash: string, languageAround: Language): Parameters {
  const attributes = readPairs(
    ATTRIBUTES.flatMap((name): [string, string][] => {
      const text = demo.getAttribute(name);
      return text === null ? [] : [[name, text]];
    }),
  );
  const fromQuery = readQuery(query);
  const fromHash = readHash(hash);
  const { step: steps = [], lang, ...rest } = { ...attributes.settings, ...fromQuery.settings };
  return {
    settings: {
      hide: [],
      readonly: false,
      theme: "auto",
      ...rest,
      steps: steps.length > 0 ? steps : STEPS,
      language: lang ?? languageAround,
    },
    layers: [attributes.data, fromQuery.data, fromHash.data],
    problems: [...attributes.problems, ...fromQuery.problems, ...fromHash.problems],
    step: fromHash.step,
  };
}
