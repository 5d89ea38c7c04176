// The formula of a number with the live operands in it, and the same as a sentence.

import { figure } from "../../format/fixed.ts";
import type { Language } from "../../i18n/language.ts";
import type { CellRef } from "./cell.ts";
import { type Model, valueAt } from "./derive.ts";
import { type Operand, OVER, placeOf, TENSORS } from "./tensors.ts";

/** Plain text, or an operand that is a cell itself. */
export type Part = string | { readonly cell: CellRef; readonly text: string };

/** The formula of a number; null: it has no value now. */
export function explain(model: Model, of: CellRef): readonly Part[] | null {
  if (valueAt(model, of) === null) return null;
  const formula = TENSORS[of.tensor].formula(placeOf(of, model.graph));
  const parts = formula.flatMap((part): Part[] => {
    if (typeof part === "string") return [part];
    const { cell, isTerm, text = textOf(model, part) } = part;
    if (text === "") return [];
    return isTerm && text.startsWith("-") ? ["(", { cell, text }, ")"] : [{ cell, text }];
  });
  return [...parts, " = ", { cell: of, text: textOf(model, { cell: of }) }];
}

/** What made a number, as a sentence after its name and value; null: it has no value now. */
export function sentence(model: Model, of: CellRef, language: Language): string | null {
  if (valueAt(model, of) === null) return null;
  const place = placeOf(of, model.graph);
  const { made } = TENSORS[of.tensor];
  return made[language](operandsOf(model, of), OVER[language](place.divisor), place);
}

/** The operands as text, in the order of the formula. */
export function operandsOf(model: Model, of: CellRef): readonly string[] {
  const { formula, spoken } = TENSORS[of.tensor];
  return formula(placeOf(of, model.graph))
    .flatMap((part) => (typeof part === "string" || part.text !== undefined ? [] : [textOf(model, part)]))
    .slice(0, spoken);
}

function textOf(model: Model, { cell }: Operand): string {
  const value = valueAt(model, cell);
  if (value === null) return "?";
  return cell.tensor === "target" ? String(value) : figure(value);
}
