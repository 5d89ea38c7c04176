// Everything that can happen in the chapter: elements send actions upward, and the engine answers.

import type { Corrections } from "../../read/batch.ts";
import type { BatchSettings } from "../parameters.ts";
import type { Said } from "./messages.ts";

export type BatchAction =
  /** Something was typed or pasted. "edit": it is the same text still, and what was said beside it holds. */
  | { readonly type: "bringText"; readonly text: string; readonly edit: boolean }
  | { readonly type: "bringFiles"; readonly files: readonly File[] }
  /** The reader says what no tensor says, or answers a question. */
  | { readonly type: "say"; readonly said: Partial<Said> }
  /** The reader says otherwise than it was assumed. */
  | { readonly type: "correct"; readonly corrections: Corrections }
  /** What an address says beside the tensors. */
  | { readonly type: "open"; readonly settings: BatchSettings }
  | { readonly type: "undo" | "redo" }
  /** These samples go into the lesson. */
  | { readonly type: "toLesson"; readonly samples: readonly number[] }
  /** Gives up what is being read or judged; "again" begins anew with the same. */
  | { readonly type: "stop" | "again" };
