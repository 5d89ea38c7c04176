// What the steps are given, and with them the controls and dialogs that know the lesson.

import type { Text } from "../i18n/index.ts";
import type { Model } from "../state/lesson/derive.ts";
import type { Light } from "../state/lesson/provenance.ts";
import type { State } from "../state/lesson/state.ts";
import type { StepId } from "../state/steps.ts";
import { InnerElement } from "./inner-element.ts";

/** How much there is beside a matrix: nothing, another matrix, or more. */
export type Room = "none" | "some" | "more";

export interface View {
  readonly state: State;
  readonly model: Model;
  readonly text: Text;
  readonly lights: ReadonlyMap<string, Light>;
  /** The step that brings x and y, where they can be changed. */
  readonly given: StepId | null;
  readonly room: Room;
  /** What is asked is answered at the foot of the window, not under its figure. */
  readonly sheet: boolean;
  /** The demo is the content of its page, and has the page's main heading and landmarks. */
  readonly standalone: boolean;
}

export abstract class ViewElement extends InnerElement {
  static override properties: Record<string, object> = { view: { attribute: false } };
  declare view: View;
}
