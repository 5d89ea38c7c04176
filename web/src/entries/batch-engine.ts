// The engine of the chapter "Your own batch", whole in one script: readers and diagnosis.wasm. In a worker it begins to work;
// in a page it leaves what starts it under its name.

import { READY } from "../lab/thread.ts";
import { startEngine } from "../state/diagnosis/engine.ts";
import { readers } from "../state/diagnosis/readers.ts";

/** What of the page's global object is ours. */
const NAME = Symbol.for("celoss-batch-engine");

if (typeof document === "undefined") {
  const engine = startEngine(readers, (report) => postMessage(report));
  addEventListener("message", ({ data }) => engine.post(data));
  postMessage(READY);
} else {
  Object.assign(globalThis, { [NAME]: (tell: Parameters<typeof startEngine>[1]) => startEngine(readers, tell) });
}
