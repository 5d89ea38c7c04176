import { expect, it } from "vitest";
import { batchOf } from "../../../../web/src/read/batch.ts";
import { readText } from "../../../../web/src/read/text.ts";
import { EXAMPLES } from "../../../../web/src/state/diagnosis/examples.ts";

it.each(Object.entries(EXAMPLES))("the example %s is understood, and leaves nothing to ask", (name, text) => {
  const reading = readText(text);
  if (reading.kind !== "understood") return expect.fail(JSON.stringify(reading));
  const { understood } = reading;
  if (name === "traceback") return expect(understood.error).not.toBe(null);
  const batching = batchOf(understood);
  if (batching.kind !== "batch") return expect.fail("a question");
  expect(batching.batch.logits).not.toBe(null);
  expect(batching.batch.target).not.toBe(null);
  if (text.includes("loss")) {
    expect(batching.batch.loss?.decimals).toBe(4);
    expect(batching.batch.loss?.value).toBeCloseTo(0.5617, 6);
  }
});
