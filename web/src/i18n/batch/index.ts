import type { Language } from "../language.ts";
import { type BatchText, en } from "./en.ts";
import { zh } from "./zh.ts";

export type { BatchText } from "./en.ts";

export const batchTexts: Readonly<Record<Language, BatchText>> = { en, zh };
