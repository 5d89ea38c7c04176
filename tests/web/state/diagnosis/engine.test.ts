import { describe, expect, it } from "vitest";
import type { HalfDtype, Samples } from "../../../../web/src/lab/diagnosis/types.ts";
import { readText } from "../../../../web/src/read/text.ts";
import type { Reading } from "../../../../web/src/read/types.ts";
import { type Readers, startEngine } from "../../../../web/src/state/diagnosis/engine.ts";
import type { Order, Report } from "../../../../web/src/state/diagnosis/messages.ts";
import { NOTHING_SAID } from "../../../../web/src/state/diagnosis/state.ts";
import { core, diagnosed, diagnosis } from "./diagnosed.ts";

/** What an engine says to these orders, one after the other, each once the one before has been answered. */
async function reports(orders: readonly Order[], readers: Partial<Readers> = {}): Promise<Report[]> {
  const said: Report[] = [];
  let wake = () => {};
  const engine = startEngine(
    {
      read: async (material) => readText("text" in material ? material.text : "") as Reading,
      core: async () => core,
      ...readers,
    },
    (report) => {
      // As between a worker and its page.
      said.push(structuredClone(report));
      if (report.type !== "progress") wake();
    },
  );
  for (const order of orders) {
    const answered = new Promise<void>((resolve) => {
      wake = resolve;
    });
    engine.post(order);
    await answered;
  }
  return said;
}

const text = "tensor([[1.5, 2.5], [0.5, 1.25], [3.5, 0.5], [6.5, 7.75]])\ntensor([0, 1, 1, 0])";
const read: Order = { type: "read", id: 1, material: { text } };
const judge: Order = { type: "judge", id: 2, said: NOTHING_SAID };

describe("the engine", () => {
  it("says what was read with no more than its first numbers, and then what is found", async () => {
    const [first, second] = await reports([read, judge]);
    expect(first).toMatchObject({
      type: "read",
      id: 1,
      reading: {
        kind: "understood",
        understood: {
          tensors: [
            { shape: [4, 2], dtype: "float32", preview: ["1.5000, 2.5000", "0.5000, 1.2500", "3.5000, 0.5000", "…"] },
            { shape: [4], dtype: "int64", preview: ["0, 1, 1, 0"] },
          ],
        },
      },
    });
    expect(JSON.stringify(first)).not.toContain("7.75");
    expect(second).toMatchObject({ type: "judged", id: 2, judgement: { diagnosis, samples: 3 } });
    expect(second).toHaveProperty("figures.losses", Float32Array.of(0.55, 0.56, 0.57));
  });

  it("says after the verdict what half precision would make of the loss", async () => {
    const asked: unknown[] = [];
    const samples = {
      ...(diagnosed.samples as Samples),
      halfPrecision: async (dtype: HalfDtype, loss: number) => {
        asked.push([dtype, loss]);
        return { dtype, exact: 0.56, pytorch: 0.5625, difference: 0.0008 };
      },
    };
    const halving = { ...core, diagnose: async () => ({ ...diagnosed, samples }) };
    const said = await reports([read, judge, { type: "lesson", id: 2, samples: [0] }], { core: async () => halving });
    expect(said.map(({ type }) => type)).toEqual(["read", "judged", "lesson", "halves"]);
    expect(said.at(-1)).toMatchObject({
      id: 2,
      halves: [{ dtype: "bfloat16" }, { dtype: "float16", pytorch: 0.5625 }],
    });
    expect(asked).toEqual([
      ["bfloat16", 0.5617],
      ["float16", 0.5617],
    ]);
  });

  it("hands the core what was read and what was said", async () => {
    const brought: unknown[] = [];
    const watching = {
      ...core,
      diagnose: async (given: unknown) => {
        brought.push(given);
        return core.diagnose({});
      },
    };
    const said = { ...NOTHING_SAID, loss: { value: 0.5, decimals: 1 }, corrections: { ignoreIndex: 0 } };
    await reports([read, { type: "judge", id: 2, said }], { core: async () => watching });
    expect(brought).toMatchObject([
      { logits: { shape: [4, 2] }, target: { shape: [4] }, ignoreIndex: 0, loss: { value: 0.5, decimals: 1 } },
    ]);
  });

  it("takes a weight that was typed, where no tensor has one, and judges nothing where nothing is said", async () => {
    const brought: { weight?: unknown }[] = [];
    const watching = {
      ...core,
      diagnose: async (given: object) => {
        brought.push(given);
        return core.diagnose({});
      },
    };
    const said = { ...NOTHING_SAID, weight: [1, 2] };
    const readers = { core: async () => watching };
    await reports([read, { type: "judge", id: 2, said }], readers);
    expect(brought).toMatchObject([{ weight: { shape: [2], stated: false, data: Float64Array.of(1, 2) } }]);
    const [judged] = await reports([{ type: "judge", id: 2, said }], readers);
    expect(judged).toMatchObject({ type: "judged", judgement: null });
    expect(brought).toHaveLength(1);
  });

  it("takes samples of the last batch into the lesson", async () => {
    const [, , lesson] = await reports([read, judge, { type: "lesson", id: 3, samples: [2, 0] }]);
    expect(lesson).toMatchObject({ type: "lesson", id: 3, lesson: { labels: [2, 0] } });
  });

  it("says what has broken", async () => {
    const broken = async () => {
      throw new Error("no core");
    };
    expect(await reports([read, judge], { core: broken })).toContainEqual({
      type: "failed",
      id: 2,
      message: "Error: no core",
    });
  });

  it("gives up what it does for a new order, and says no more of it", async () => {
    const signals: AbortSignal[] = [];
    const said: Report[] = [];
    const engine = startEngine(
      {
        read: (_, { signal, onProgress }) => {
          signals.push(signal as AbortSignal);
          return new Promise((_, reject) => {
            signal?.addEventListener("abort", () => {
              onProgress?.(0.5);
              reject(signal.reason);
            });
          });
        },
        core: async () => core,
      },
      (report) => said.push(report),
    );
    engine.post(read);
    engine.post(read);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    engine.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(said).toEqual([]);
  });
});
