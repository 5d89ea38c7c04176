// celoss diagnose: reads, diagnoses, prints, and says by its exit status what it found.

import { cliTexts } from "../i18n/cli/index.ts";
import type { Diagnosis, DiagnosisCore } from "../lab/diagnosis/types.ts";
import { diagnosisOfError, withErrorText } from "../state/diagnosis/error-findings.ts";
import { type Arguments, languageOf, Refusal, readArguments } from "./arguments.ts";
import { type Brought, bring, type Open, type Words } from "./bring.ts";
import { asJson, asText, painted, plain } from "./report.ts";

/** What the command has of the world around it. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly open: Open;
  readonly load: () => Promise<Pick<DiagnosisCore, "diagnose">>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody looks at what is printed, and at what is said beside it. */
  readonly isTerminal: { readonly out: boolean; readonly err: boolean };
}

/** 0: nothing above a note; 1: a warning or an error; 2: not understood, and nothing is printed. */
export async function run(args: readonly string[], world: World): Promise<0 | 1 | 2> {
  const language = languageOf(args, world.environment);
  const words: Words = { language, text: cliTexts[language] };
  const progress = new Progress(world, words);
  try {
    const asked = readArguments(args, words.text);
    if (asked.kind === "help") world.out(`${words.text.help}\n`);
    if (asked.kind === "version") world.out(`${world.version}\n`);
    if (asked.kind !== "diagnose") return 0;
    const { diagnosis, brought } = await diagnose(asked.given, world, words, progress);
    progress.end();
    if (asked.given.json) {
      for (const notice of brought?.notices ?? []) world.err(`${words.text.note}: ${notice}\n`);
      world.out(`${asJson(diagnosis)}\n`);
    } else {
      world.out(`${asText(diagnosis, brought, words, isColoured(world) ? painted : plain)}\n`);
    }
    return diagnosis.findings.some(({ severity }) => severity !== "info") ? 1 : 0;
  } catch (error) {
    progress.end();
    if (!(error instanceof Refusal)) throw error;
    world.err(`celoss: ${error.message.replaceAll(/[\u2068\u2069`]/g, "")}\n`);
    if (error.isUsage) world.err(`${words.text.seeHelp}\n`);
    return 2;
  }
}

async function diagnose(
  given: Arguments,
  world: World,
  words: Words,
  progress: Progress,
): Promise<{ diagnosis: Diagnosis; brought: Brought | null }> {
  const onProgress = (done: number) => progress.at(done);
  const brought = given.files.length === 0 ? null : await bring(given, world.open, words, { onProgress });
  const { loss, accuracy, classes } = brought?.batch ?? given;
  if (brought?.error && !brought.batch.logits) {
    return { diagnosis: diagnosisOfError(brought.error, classes, world.version), brought };
  }
  if (brought && !brought.batch.logits && (brought.batch.target || !loss)) throw new Refusal(words.text.noLogits);
  const core = await world.load();
  const { diagnosis } = await core.diagnose(brought?.batch ?? { loss, accuracy, classes, ...given.corrections }, {
    onProgress,
  });
  const { logits } = diagnosis.read;
  const there = logits?.shape[logits.classAxis];
  if (given.classes !== null && there !== undefined && there !== given.classes) {
    throw new Refusal(words.text.otherClasses(given.classes, there));
  }
  return { diagnosis: withErrorText(diagnosis, brought?.error ?? null), brought };
}

/** As Node decides it for its own output, and others: NO_COLOR and FORCE_COLOR, else a terminal that is not dumb. */
function isColoured({ environment, isTerminal }: World): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTerminal.out && !NO_COLOR && TERM !== "dumb";
}

/** A line that is rewritten, from 300 ms on, where somebody sees it. */
class Progress {
  readonly #world: World;
  readonly #words: Words;
  readonly #start = performance.now();
  #shown = -1;

  constructor(world: World, words: Words) {
    this.#world = world;
    this.#words = words;
  }

  at(done: number): void {
    const percent = Math.floor(done * 100);
    if (!this.#world.isTerminal.err || percent === this.#shown || performance.now() - this.#start < 300) return;
    this.#shown = percent;
    this.#world.err(`\r${this.#words.text.progress(percent)}\u001b[K`);
  }

  end(): void {
    if (this.#shown >= 0) this.#world.err("\r\u001b[K");
    this.#shown = -1;
  }
}
