// The lines run in Python, and what they save is read back. Keras itself is not here: its lines run with an object that
// has the three methods they call, which is all that is tested of them.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Framework, SAVING } from "../../../web/src/export/saving.ts";
import { type Batch, batchOf } from "../../../web/src/read/batch.ts";
import { readFiles } from "../../../web/src/read/files.ts";
import { run } from "./python.ts";

const folder = mkdtempSync(join(tmpdir(), "celoss-saving-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is read of what is saved after a setting in Python, and what Python prints. */
async function saved(framework: Framework, setting: string): Promise<{ batch: Batch; printed: number[] }> {
  const code = `import json, os, sys\nos.chdir(${JSON.stringify(folder)})\n${setting}\n${SAVING[framework]}\nprint(json.dumps(printed))`;
  const printed = JSON.parse(run(code, "")) as number[];
  const bytes = new Uint8Array(readFileSync(join(folder, "batch.npz")));
  const reading = await readFiles([{ name: "batch.npz", bytes }]);
  if (reading.kind !== "understood") throw new Error(JSON.stringify(reading));
  const batching = batchOf(reading.understood);
  if (batching.kind !== "batch") throw new Error("which is which?");
  return { batch: batching.batch, printed };
}

const torch = (options: string, logits = "torch.randn(4, 3, requires_grad=True)") => `
import torch
from torch import nn
torch.manual_seed(0)
logits, y = ${logits}, torch.tensor([0, 2, 1, 2])
criterion = nn.CrossEntropyLoss(${options})
loss = criterion(logits, y)
printed = logits.double().flatten().tolist() + [loss.item()]
`;

const numbers = (tensor: { data: ArrayLike<number> | ArrayLike<bigint> } | null) =>
  Array.from((tensor?.data ?? []) as ArrayLike<number>, Number);

describe("the lines that save a batch", () => {
  it("of PyTorch", async () => {
    const { batch, printed } = await saved("pytorch", torch(""));
    expect(batch.logits).toMatchObject({ dtype: "float32", shape: [4, 3], stated: true });
    expect([...numbers(batch.logits), batch.loss?.value]).toEqual(printed);
    expect(batch.target).toMatchObject({ dtype: "int64", shape: [4] });
    expect(numbers(batch.target)).toEqual([0, 2, 1, 2]);
    expect(batch).toMatchObject({ weight: null, reduction: "mean", ignoreIndex: -100, labelSmoothing: 0, unused: [] });
  });

  it("of PyTorch, with every option", async () => {
    const options = 'weight=torch.tensor([1.0, 2.0, 0.5]), ignore_index=1, label_smoothing=0.125, reduction="sum"';
    const { batch, printed } = await saved("pytorch", torch(options));
    expect(numbers(batch.weight)).toEqual([1, 2, 0.5]);
    expect(batch).toMatchObject({
      reduction: "sum",
      ignoreIndex: 1,
      labelSmoothing: 0.125,
      loss: { value: printed.at(-1) },
      unused: [],
    });
  });

  it("of NumPy", async () => {
    const { batch } = await saved(
      "numpy",
      "import numpy as np\nlogits, y, loss = np.array([[0.5, 2.0], [1.5, 0.25]]), np.array([1, 0]), 0.25\nprinted = []",
    );
    expect(numbers(batch.logits)).toEqual([0.5, 2, 1.5, 0.25]);
    expect(numbers(batch.target)).toEqual([1, 0]);
    expect(batch.loss?.value).toBe(0.25);
  });

  it("of Keras", async () => {
    const { batch } = await saved(
      "keras",
      `
import numpy as np
class model:
    predict_on_batch = lambda x: np.array([[0.25, 0.75], [0.5, 0.5]], dtype=np.float32)
    test_on_batch = lambda x, y, return_dict: {"loss": 0.5, "accuracy": 1.0}
train = [(np.zeros((2, 5)), np.array([1, 0]))]
printed = []`,
    );
    expect(numbers(batch.logits)).toEqual([0.25, 0.75, 0.5, 0.5].map((p) => Math.fround(Math.log(p))));
    expect(numbers(batch.target)).toEqual([1, 0]);
    expect(batch.loss?.value).toBe(0.5);
  });
});
