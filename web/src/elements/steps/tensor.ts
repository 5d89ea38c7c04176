import { html, nothing, type TemplateResult } from "lit";
import { cell, type TensorId } from "../../state/lesson/cell.ts";
import { tensorOfCell, valuesOf } from "../../state/lesson/derive.ts";
import { TENSORS } from "../../state/lesson/tensors.ts";
import { range } from "../../state/range.ts";
import { lightOf } from "../controls/cell.ts";
import type { View } from "../view.ts";

const DARK: readonly null[] = [];

/** A tensor of the lesson as a table. Gradients have a sign, and those of the named tensors are drawn on one scale. */
export function tensorTable(
  view: View,
  id: TensorId,
  name: string,
  gradients: readonly TensorId[] | null = null,
): TemplateResult {
  const { model, state } = view;
  const tensor = tensorOfCell(model, id);
  const shape = tensor?.shape ?? [model.samples];
  const columns = shape[1] ?? 1;
  const lights =
    view.lights.size === 0
      ? DARK
      : range(columns * (shape[0] ?? 0)).map((i) => lightOf(view, cell(id, Math.floor(i / columns), i % columns)));
  return html`<celoss-tensor-table
    class=${gradients ? "gradient" : nothing}
    .tensor=${id}
    .name=${name}
    .cellName=${TENSORS[id].name[state.language]}
    .values=${tensor?.data ?? []}
    .shape=${shape}
    .target=${model.graph.target}
    .lights=${lights}
    .bars=${gradients ? "signed" : "magnitude"}
    .scale=${(gradients ?? [id]).flatMap((other) => valuesOf(model, other))}
  ></celoss-tensor-table>`;
}
