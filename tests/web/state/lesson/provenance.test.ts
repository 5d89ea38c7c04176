import { describe, expect, it } from "vitest";
import { type CellRef, cell, cellKey, type Graph } from "../../../../web/src/state/lesson/cell.ts";
import { lightsOf } from "../../../../web/src/state/lesson/derive.ts";
import { allCells, lights, sources } from "../../../../web/src/state/lesson/provenance.ts";
import { modelOf, noteStates, shapedStates } from "./models.ts";
import { play, start } from "./play.ts";

const states = [...noteStates, ...shapedStates];
const textbook = modelOf(start).graph;
const shifted: Graph = { ...textbook, shifted: true };

/** The cells of a light, without their order. */
function lit(asked: CellRef, graph: Graph, light: string): string[] {
  const all = lights(asked, allCells(graph), graph);
  return [...all].flatMap(([key, its]) => (its === light ? [key] : [])).sort();
}

const keys = (...cells: CellRef[]) => cells.map(cellKey).sort();
const row = (tensor: CellRef["tensor"], n: number) => [0, 1, 2].map((c) => cell(tensor, n, c));

describe.each(states)("the graph of $name", ({ state }) => {
  const { graph } = modelOf(state);
  const cells = allCells(graph);
  const order = new Map(cells.map((ref, i) => [cellKey(ref), i]));

  it("lists every cell once", () => {
    expect(order.size).toBe(cells.length);
  });

  it("makes every cell of cells that are there and come earlier, each named once", () => {
    for (const [i, of] of cells.entries()) {
      const from = sources(of, graph);
      expect(new Set(from.map(cellKey)).size).toBe(from.length);
      expect(from.length === 0).toBe(of.tensor === "x" || of.tensor === "target");
      for (const source of from) expect(order.get(cellKey(source)) ?? Infinity, cellKey(of)).toBeLessThan(i);
    }
  });

  it("uses every input", () => {
    for (const input of cells.filter(({ tensor }) => tensor === "x" || tensor === "target")) {
      expect([...lights(input, cells, graph).values()]).toContain("result");
    }
  });
});

describe("lights", () => {
  it.each(states.filter(({ state }) => state.example.x.length < 8))(
    "go both ways in $name: b is a result of a where a is a source or an origin of b",
    ({ state }) => {
      const { graph } = modelOf(state);
      const cells = allCells(graph);
      const from = new Map(cells.map((of) => [cellKey(of), lights(of, cells, graph)]));
      for (const [a, lightsOfA] of from) {
        const results = [...lightsOfA].flatMap(([key, light]) => (light === "result" ? [key] : []));
        const madeOfA = [...from].flatMap(([b, lightsOfB]) =>
          lightsOfB.get(a) === "source" || lightsOfB.get(a) === "origin" ? [b] : [],
        );
        expect(results.sort(), a).toEqual(madeOfA.sort());
        expect([...lightsOfA].filter(([, light]) => light === "asked")).toEqual([[a, "asked"]]);
      }
    },
  );

  it("of a probability, as the textbook writes it", () => {
    const asked = cell("softmax", 0, 0);
    expect(lit(asked, textbook, "source")).toEqual(keys(...row("x", 0)));
    expect(lit(asked, textbook, "origin")).toEqual([]);
    expect(lit(asked, textbook, "result")).toEqual(
      keys(
        cell("logOfSoftmax", 0, 0),
        cell("picked", 0),
        cell("pickedSum"),
        cell("lossByHand"),
        cell("nllLoss"),
        cell("gradLogits", 0, 0),
        ...row("frontSoftmax", 0),
        cell("frontLoss"),
        ...row("frontGradLogits", 0),
      ),
    );
  });

  it("of a probability, as the core computes it", () => {
    const asked = cell("softmax", 0, 0);
    expect(lit(asked, shifted, "source")).toEqual(keys(cell("exp", 0, 0), cell("sum", 0)));
    expect(lit(asked, shifted, "origin")).toEqual(
      keys(...row("x", 0), cell("rowMax", 0), ...row("shifted", 0), cell("exp", 0, 1), cell("exp", 0, 2)),
    );
  });

  it("of the loss", () => {
    expect(lit(cell("loss"), textbook, "source")).toEqual(keys(...[0, 1, 2].map((n) => cell("losses", n))));
    expect(lit(cell("loss"), textbook, "origin")).toEqual(
      keys(
        ...[0, 1, 2].flatMap((n) => [cell("target", n), ...row("x", n)]),
        cell("logSoftmax", 0, 0),
        cell("logSoftmax", 1, 1),
        cell("logSoftmax", 2, 1),
      ),
    );
    expect(lit(cell("loss"), textbook, "result")).toEqual([]);
  });

  it("of a loss that stays one per sample", () => {
    const graph = { ...textbook, reduction: "none" } as const;
    expect(lit(cell("loss", 1), graph, "source")).toEqual(keys(cell("losses", 1)));
    expect(lit(cell("nllLoss", 2), graph, "source")).toEqual(keys(cell("target", 2), cell("logOfSoftmax", 2, 1)));
  });

  it("of a label: what is picked by it", () => {
    expect(lit(cell("target", 0), textbook, "result")).toEqual(
      keys(
        cell("picked", 0),
        cell("pickedSum"),
        cell("lossByHand"),
        cell("nllLoss"),
        cell("losses", 0),
        cell("loss"),
        ...row("gradLogits", 0),
        cell("frontLoss"),
        ...row("frontGradLogits", 0),
      ),
    );
  });
});

describe("lightsOf", () => {
  const model = modelOf(start);

  it("are those of the asked cell", () => {
    const asked = cell("softmax", 1, 2);
    expect(lightsOf(model, asked)).toEqual(lights(asked, allCells(textbook), textbook));
  });

  it("are off when nothing is asked, or what is asked is not there", () => {
    expect(lightsOf(model, null).size).toBe(0);
    expect(lightsOf(model, cell("x", 3, 0)).size).toBe(0);
    const refused = modelOf(play(start, { type: "setLabel", row: 0, label: 3 }));
    expect(lightsOf(refused, cell("loss")).size).toBe(0);
    expect(lightsOf(refused, cell("x", 0, 0)).size).toBeGreaterThan(0);
  });
});
