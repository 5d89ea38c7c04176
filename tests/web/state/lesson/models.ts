// Models of the page in many states.
import type { Reduction } from "../../../../web/src/api/index.ts";
import { derive, type Model } from "../../../../web/src/state/lesson/derive.ts";
import type { State } from "../../../../web/src/state/lesson/state.ts";
import { lab } from "../../lab/core.ts";
import { pasted, play, start } from "./play.ts";

export const modelOf = (state: State): Model => derive(lab, state);

export const REDUCTIONS: readonly Reduction[] = ["mean", "sum", "none"];

/** The note's example in both forms of softmax and all reductions. */
export const noteStates: readonly { name: string; state: State }[] = REDUCTIONS.flatMap((reduction) =>
  [false, true].map((shifted) => ({
    name: `${shifted ? "shifted" : "textbook"}_${reduction}`,
    state: play(start, { type: "setReduction", reduction }, { type: "setShifted", shifted }),
  })),
);

/** The same with other numbers of samples and classes, of random logits and labels. */
export const shapedStates: readonly { name: string; state: State }[] = [
  [1, 2],
  [2, 3],
  [8, 10],
].flatMap(([N = 0, C = 0]) =>
  noteStates.map(({ name, state }) => {
    const { data } = lab.rand([N, C], { seed: N });
    const rows = Array.from({ length: N }, (_, n) => [...data.subarray(n * C, (n + 1) * C)].map((x) => 8 * x - 4));
    const shaped = play(
      state,
      pasted(rows.map((row) => row.join(" ")).join("\n")),
      ...rows.map((_, row) => ({ type: "setLabel", row, label: (row * 7 + 1) % C }) as const),
    );
    return { name: `${name}_${N}x${C}`, state: shaped };
  }),
);
