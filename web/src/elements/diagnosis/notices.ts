// Remarks and refusals of reading, in words.

import type { Language } from "../../i18n/language.ts";
import type { Notice } from "../../read/types.ts";

export function sayNotice(notice: Notice, _language: Language): string {
  return `${notice.kind} ${JSON.stringify(notice.details)}`;
}

export function sayWay(id: string, _language: Language): string {
  return id;
}
