// What the address says. The query says how the page is shown; the hash names the step.

import type { Language, Theme } from "./state.ts";

/** Every parameter of the query, with the values it takes. An unknown value counts as none. */
const PARAMETERS = {
  lang: ["zh", "en"],
  theme: ["auto", "light", "dark"],
} as const satisfies { lang: readonly Language[]; theme: readonly Theme[] };

type Parameter = keyof typeof PARAMETERS;
type Value<P extends Parameter> = (typeof PARAMETERS)[P][number];

/** The value of a parameter; null: the query does not say. */
export function readParameter<P extends Parameter>(search: string, name: P): Value<P> | null {
  const given = new URLSearchParams(search).get(name);
  return PARAMETERS[name].find((value) => value === given) ?? null;
}

/** The query with a parameter set; its other parameters stay. */
export function withParameter<P extends Parameter>(search: string, name: P, value: Value<P>): string {
  const parameters = new URLSearchParams(search);
  parameters.set(name, value);
  return `?${parameters}`;
}

/** The language of a first visit: what the query says, else the first of the browser's languages that we have. */
export function firstLanguage(search: string, languages: readonly string[]): Language {
  const asked = readParameter(search, "lang");
  if (asked !== null) return asked;
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "zh" || tag === "en");
  return known === "zh" ? "zh" : "en";
}
