import type { Language } from "../state/settings.ts";
import { en, type Text } from "./en.ts";
import { zh } from "./zh.ts";

export type { Text } from "./en.ts";

export const texts: Readonly<Record<Language, Text>> = { en, zh };
