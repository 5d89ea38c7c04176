import { describe, expect, it } from "vitest";
import { openSamples } from "../../../../web/src/state/diagnosis/lesson.ts";
import { reduce } from "../../../../web/src/state/lesson/reducer.ts";
import { start } from "../lesson/play.ts";

const logits = { shape: [3, 2] as [number, number], data: Float64Array.of(1.5, 0.25, 0.5, 2.75, 3, 4) };

describe("samples of a batch", () => {
  it("become the example, with a notice of where they are from, and are taken back as one edit", () => {
    const action = openSamples({ logits, classes: [17, null], labels: [0, 1, 1] }, [5, 9, 2], start);
    const there = reduce(start, action ?? expect.fail("nothing to open"));
    expect(there.example.x.map((row) => row.map(({ text }) => text))).toEqual([
      ["1.5", "0.25"],
      ["0.5", "2.75"],
      ["3", "4"],
    ]);
    expect(there.example).toMatchObject({ target: [0, 1, 1], dtype: "float64", reduction: "mean" });
    expect(there.notice).toEqual({ kind: "fromBatch", samples: [5, 9, 2], classes: [17, null] });
    expect(reduce(there, { type: "undo" }).example).toEqual(start.example);
  });

  it("that are ignored stay out", () => {
    const action = openSamples({ logits, classes: [0, 1], labels: [-100, 1, -100] }, [5, 9, 2], start);
    expect(action).toMatchObject({ opening: { example: { target: [1] } }, notice: { samples: [9] } });
    expect(openSamples({ logits, classes: [0, 1], labels: [-100, -100, -100] }, [5, 9, 2], start)).toBe(null);
  });
});
