// Long work in pieces: others get the thread in between, hear how far it is, and can end it.

import type { ReadOptions } from "./types.ts";

/** Below this nobody notices that a thread is busy; in milliseconds. */
const LONGEST_PIECE = 16;

export class Pace {
  private readonly options: ReadOptions;
  private since = performance.now();

  constructor(options: ReadOptions) {
    this.options = options;
  }

  /** To be called often. done goes from 0 to 1. Throws the signal's reason if the work is given up. */
  async at(done: number): Promise<void> {
    if (performance.now() - this.since > LONGEST_PIECE) {
      this.options.onProgress?.(done);
      await new Promise((resolve) => setTimeout(resolve));
      this.since = performance.now();
    }
    this.options.signal?.throwIfAborted();
  }
}
