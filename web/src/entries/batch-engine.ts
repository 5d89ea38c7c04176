// The engine of the chapter "Your own batch", whole in one script: readers and diagnosis.wasm. In a worker it begins to work;
// in a page it leaves what starts it under its name, and the grammar, with which the page reads what is pasted.

import { READY } from "../lab/thread.ts";
import { startEngine } from "../state/diagnosis/engine.ts";
import type { Report } from "../state/diagnosis/messages.ts";
import { readers } from "../state/diagnosis/readers.ts";
import { parseLabels, parseLogits } from "../state/lesson/grammar.ts";

/** What of the page's global object is ours. */
const NAME = Symbol.for("celoss-batch-engine");

const here = {
  start: (tell: (report: Report) => void) => startEngine(readers, tell),
  parseLabels,
  parseLogits,
};

if (typeof document === "undefined") {
  const engine = startEngine(readers, (report) => postMessage(report));
  addEventListener("message", ({ data }) => engine.post(data));
  postMessage(READY);
} else {
  Object.assign(globalThis, { [NAME]: here });
}
