// The words of the command.

import type { Language } from "../language.ts";
import { en } from "./en.ts";
import type { CliText } from "./types.ts";
import { zh } from "./zh.ts";

export const cliTexts: Readonly<Record<Language, CliText>> = { en, zh };
