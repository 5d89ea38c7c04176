import { describe, expect, it } from "vitest";
import type { TensorId } from "../../../../web/src/state/lesson/cell.ts";
import { tensorOfCell } from "../../../../web/src/state/lesson/derive.ts";
import { TENSORS } from "../../../../web/src/state/lesson/tensors.ts";
import { note } from "../../api/core.ts";
import { lab } from "../../lab/core.ts";
import { modelOf } from "./models.ts";
import { play, start } from "./play.ts";

const ids = Object.keys(TENSORS) as TensorId[];

describe("the table of tensors", () => {
  it("has a row for every number of the trace that is shown", () => {
    const { prediction: _, ...shown } = lab.trace(note.x, note.y).plain;
    const model = modelOf(start);
    for (const [name, value] of Object.entries(shown)) {
      expect(ids).toContain(name);
      expect(TENSORS[name as TensorId].in(model), name).toEqual(value);
    }
  });

  it.each(["mean", "none"] as const)("says the shapes that the numbers have, reduction %s", (reduction) => {
    const model = modelOf(play(start, { type: "setReduction", reduction }, { type: "addSample" }));
    const shapes = { matrix: [4, 3], vector: [4], number: [], loss: reduction === "none" ? [4] : [] };
    for (const id of ids) expect(tensorOfCell(model, id)?.shape, id).toEqual(shapes[TENSORS[id].shape]);
  });

  it("calls every tensor by a name of its own, in code and in each language", () => {
    expect(new Set(ids.map((id) => TENSORS[id].code)).size).toBe(ids.length);
    for (const language of ["en", "zh"] as const) {
      const names = ids.map((id) => TENSORS[id].name[language](0, 1));
      expect(new Set(names).size).toBe(ids.length);
      expect(names.filter((name) => !/\S/.test(name) || /undefined/.test(name))).toEqual([]);
    }
  });
});
