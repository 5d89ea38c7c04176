import { en, type Text } from "./en.ts";
import type { Language } from "./language.ts";
import { zh } from "./zh.ts";

export type { Text } from "./en.ts";

export const texts: Readonly<Record<Language, Text>> = { en, zh };
