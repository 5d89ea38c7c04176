import { html, type TemplateResult } from "lit";
import type { Text } from "../../i18n/index.ts";
import type { Floors, LossMark } from "../figures/loss-axis.ts";

interface Axis {
  /** Its element's. */
  readonly id: string;
  readonly marks: readonly LossMark[];
  readonly floors: Floors;
  readonly classes: number;
  /** What a screen reader says of it. */
  readonly label: string;
}

/** Losses on their axis, whose rules have the names that the lesson gives them. */
export function lossAxis(text: Text, { id, marks, floors, classes, label }: Axis): TemplateResult {
  const { floorName, ceilingName, uniformName } = text.lesson;
  const names = { floor: floorName, ceiling: ceilingName, uniform: uniformName(classes) };
  return html`<celoss-loss-axis id=${id} .marks=${marks} .floors=${floors} .names=${names} .label=${label}></celoss-loss-axis>`;
}
