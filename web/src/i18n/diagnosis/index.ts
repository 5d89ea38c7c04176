// The words of findings, by rule. The page loads them with its last chapter only.

import type { Language } from "../language.ts";
import { en } from "./en.ts";
import type { DiagnosisText } from "./types.ts";
import { zh } from "./zh.ts";

export const diagnosisTexts: Readonly<Record<Language, DiagnosisText>> = { en, zh };
