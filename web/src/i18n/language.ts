// The languages, and how each writes a list.

export type Language = "zh" | "en";

/** 0, 1 and 2; or, with another word before the last: 0, 1 or 2. */
const english = (items: readonly (string | number)[], last = "and"): string =>
  items.length < 2 ? String(items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;

const chinese = (items: readonly (string | number)[]): string => items.join("、");

export const list = { en: english, zh: chinese } as const;
