// Finds lab.wasm and starts it. The only file that imports its glue.
import createLab from "lab-wasm";
import { readOptions } from "../api/arguments.ts";
import { celossOn, guarded } from "../api/celoss.ts";
import { Memory } from "../api/marshal.ts";
import { loadModule } from "../api/module.ts";
import type { LoadOptions } from "../api/types.ts";
import { negLogCurve, raiseLargest, rand, sharpen } from "./figures.ts";
import { trace, traceFields } from "./trace.ts";
import type { Lab } from "./types.ts";

/** As the library's `load`, with lab.wasm in place of celoss.wasm. */
export async function load(options?: LoadOptions): Promise<Lab> {
  const { wasmBinary } = readOptions(options, ["wasmBinary"]);
  const url = () => new URL(/* @vite-ignore */ "lab.wasm", import.meta.url);
  const memory = new Memory(await loadModule(createLab, "lab.wasm", url, wasmBinary));
  const fields = traceFields(memory);
  return guarded<Lab>({
    ...celossOn(memory),
    trace: (logits, target, options) => trace(memory, fields, logits, target, options),
    negLogCurve: (pMin, points) => negLogCurve(memory, pMin, points),
    sharpen: (x, sharpness) => sharpen(memory, x, sharpness),
    raiseLargest: (row, gap) => raiseLargest(memory, row, gap),
    rand: (shape, options) => rand(memory, shape, options),
  });
}
