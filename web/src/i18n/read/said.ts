// What reading refuses, remarks and asks (web/src/read/), as sentences.

import type { Details, ReadText } from "./types.ts";

/** A notice as reading gives it. */
interface Said {
  readonly kind: string;
  readonly place: { readonly source: string | null; readonly line: number | null; readonly column: number | null };
  readonly details: Details;
}

/** Why it is refused, with its place: "“abc” is not a number (line 2, column 5)". */
export function refusalText(text: ReadText, { kind, place, details }: Said): string {
  const words = text.refusals[kind]?.(details) ?? kind;
  const at = text.at(place.source, place.line, place.column);
  return at === "" ? words : text.placed(words, at);
}

export function noticeText(text: ReadText, { kind, details }: Said): string {
  return text.notices[kind]?.(details) ?? kind;
}

export function questionText(text: ReadText, { kind, details }: Said): string {
  return text.questions[kind]?.(details) ?? kind;
}
