// The words for what reading refuses, remarks and asks (web/src/read/), for the page and the command.

import type { Language } from "../language.ts";
import { en } from "./en.ts";
import type { ReadText } from "./types.ts";
import { zh } from "./zh.ts";

export type { ReadText } from "./types.ts";

export const readTexts: Readonly<Record<Language, ReadText>> = { en, zh };
