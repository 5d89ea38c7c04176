// The grammar comes late: when something is pasted, or a link is spelled otherwise than the page spells it. It is in the
// script of the batch's engine, which reads with it whatever is brought there. The words for what it says are apart.

import { engineHere } from "virtual:batch-engine";
import type { Language } from "../../i18n/language.ts";
import type { ReadText } from "../../i18n/read/types.ts";
import type { Logits, NotLogits } from "./limits.ts";

type Grammar = typeof import("./grammar.ts");
type Words = typeof import("../../i18n/read/words.ts");

let grammar: Grammar | null = null;
let words: Words | null = null;
/** Why it has not come, the last time. */
let failure = "";

export async function loadWords(): Promise<void> {
  words ??= await import("../../i18n/read/words.ts");
}

/** Loads it, and its words. */
export async function loadGrammar(): Promise<Grammar> {
  try {
    const [here] = await Promise.all([grammar ?? engineHere<Grammar>(), loadWords()]);
    grammar = here;
    return here;
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    throw error;
  }
}

/** null: it is not there. */
export const loadedGrammar = (): Grammar | null => grammar;

/** What there is to say of a text that only the grammar could read. */
export const notLoaded = (): NotLogits => ({ ok: false, problem: { kind: "notLoaded", failure } });

/** Reads what was pasted, once the grammar is there; of several ways to read it the one with this id. */
export async function readLogits(text: string, way: string | null = null): Promise<Logits | NotLogits> {
  const grammar = await loadGrammar().catch(() => null);
  return grammar?.parseLogits(text, way) ?? notLoaded();
}

/** The words for what the grammar has said, so they are there. */
export function readText(language: Language): ReadText {
  return (words as Words).readTexts[language];
}
