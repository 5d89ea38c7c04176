// What the elements of the chapter are given.

import type { BatchText } from "../../i18n/batch/index.ts";
import type { SampleFigures } from "../../state/diagnosis/messages.ts";
import type { BatchState } from "../../state/diagnosis/state.ts";
import { InnerElement } from "../inner-element.ts";
import type { View } from "../view.ts";

export interface BatchView {
  readonly batch: BatchState;
  /** What is known of each sample; null: nothing, or there are none. */
  readonly figures: SampleFigures | null;
  readonly text: BatchText;
  /** It is the other batch of a comparison: its ids are others, and it has no examples. */
  readonly second: boolean;
  /** That of the page around: its language, which steps there are, whether it may be changed. */
  readonly page: View;
}

/** An id of which there is one, also where there are two batches. */
export const idOf = ({ second }: BatchView, name: string): string => (second ? `second-${name}` : name);

export abstract class BatchViewElement extends InnerElement {
  static override properties: Record<string, object> = { view: { attribute: false } };
  declare view: BatchView;
}
