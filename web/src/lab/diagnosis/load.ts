// Finds diagnosis.wasm and starts it. The only file that imports its glue.
import createDiagnosis from "diagnosis-wasm";
import { readOptions } from "../../api/arguments.ts";
import { Memory } from "../../api/marshal.ts";
import { loadModule } from "../../api/module.ts";
import type { LoadOptions } from "../../api/types.ts";
import { changesOf } from "./changes.ts";
import { diagnose } from "./diagnose.ts";
import { meansOfBatches } from "./means.ts";
import type { DiagnosisCore } from "./types.ts";

/** As the library's `load`, with diagnosis.wasm in place of celoss.wasm. */
export async function load(options?: LoadOptions): Promise<DiagnosisCore> {
  const { wasmBinary } = readOptions(options, ["wasmBinary"]);
  const url = () => new URL(/* @vite-ignore */ "diagnosis.wasm", import.meta.url);
  const memory = new Memory(await loadModule(createDiagnosis, "diagnosis.wasm", url, wasmBinary));
  return {
    diagnose: (brought, options) => diagnose(memory, brought, options),
    changes: (before, after, counted) => changesOf(memory, before, after, counted),
    meansOfBatches: (batches) => meansOfBatches(memory, batches),
  };
}
