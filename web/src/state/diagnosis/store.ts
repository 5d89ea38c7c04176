// Holds the state of the chapter, gives the engine its orders, and tells who listens.

import type { Lesson } from "../../lab/diagnosis/types.ts";
import type { Running } from "../../lab/thread.ts";
import type { BatchAction } from "./actions.ts";
import type { Comparison, Judgement, Material, Order, Report, SampleFigures, Side } from "./messages.ts";
import { reduce } from "./reducer.ts";
import { type BatchState, EMPTY } from "./state.ts";

/** Starts an engine; what it says is heard, and what keeps it from working. */
export type Host = (hear: (report: Report) => void, fail: (error: unknown) => void) => Running<Order>;

export class BatchStore {
  #state: BatchState = EMPTY;
  /** What was brought last, to read it again. */
  #material: Material = { text: "" };
  #figures: SampleFigures | null = null;
  readonly #engine: Running<Order>;
  readonly #changed: () => void;
  /** What the lesson shows of these samples has come. */
  readonly #take: (lesson: Lesson, samples: readonly number[]) => void;
  #taken: readonly number[] = [];
  /** The judgements that were compared last, the other's first. */
  #compared: readonly (Judgement | null)[] = [];
  #comparison: Comparison | null = null;
  #comparisons = 0;

  constructor(engine: Host, changed: () => void, take: (lesson: Lesson, samples: readonly number[]) => void) {
    this.#engine = engine(
      (report) => this.dispatch(report),
      (error) => this.dispatch({ type: "failed", id: this.#state.id, message: String(error) }),
    );
    this.#changed = changed;
    this.#take = take;
  }

  /** What is known of each sample, of the judgement in the state. */
  get figures(): SampleFigures | null {
    return this.#state.judgement === null ? null : this.#figures;
  }

  /** What has changed from another batch to this one; null: one of them is not there, or it is not known yet. */
  comparedWith(before: BatchStore): Comparison | null {
    const judgements = [before.#state.judgement, this.#state.judgement];
    if (judgements.some((judgement, i) => judgement !== this.#compared[i])) {
      this.#compared = judgements;
      this.#comparison = null;
      const [from, to] = [before.#side, this.#side];
      if (from && to) this.#engine.post({ type: "compare", id: ++this.#comparisons, before: from, after: to });
    }
    return this.#comparison;
  }

  get #side(): Side | null {
    const { judgement } = this.#state;
    return judgement && { loss: judgement.diagnosis.loss, samples: this.figures };
  }

  /** What was brought last, as far as it is files. */
  get files(): readonly File[] {
    return "files" in this.#material ? this.#material.files : [];
  }

  get state(): BatchState {
    return this.#state;
  }

  dispatch(action: BatchAction | Report): void {
    if (action.type === "toLesson") {
      this.#taken = action.samples;
      this.#engine.post({ type: "lesson", id: this.#state.id, samples: action.samples });
    }
    if (action.type === "compared" && action.id === this.#comparisons) {
      this.#comparison = action.comparison;
      this.#changed();
    }
    if (action.type === "lesson") this.#take(action.lesson, this.#taken);
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before) return;
    if (action.type === "judged" && action.id === before.id) this.#figures = action.figures;
    if (action.type === "bringText") this.#material = { text: action.text };
    if (action.type === "bringFiles") this.#material = { files: action.files };
    if (this.#state.id !== before.id) this.#order(this.#state);
    this.#changed();
  }

  #order({ phase, id, said }: BatchState): void {
    if (phase === "reading") this.#engine.post({ type: "read", id, material: this.#material });
    else if (phase === "judging") this.#engine.post({ type: "judge", id, said });
    // Given up, or cleared: nothing of it is kept.
    else this.#engine.end();
  }
}
