// Finds celoss.wasm and starts it. The only file that imports its glue.
import createCeloss from "celoss-wasm";
import { readOptions } from "./arguments.ts";
import { celossOn, guarded } from "./celoss.ts";
import { Memory } from "./marshal.ts";
import { loadModule } from "./module.ts";
import type { Celoss, LoadOptions } from "./types.ts";

/**
 * Loads the WebAssembly core: celoss.wasm from beside this module, in browsers, workers and Node; or `wasmBinary`, its
 * bytes, or what was compiled of them already. Rejects with a {@link CelossError} "webassembly_unavailable" whose cause
 * says why.
 */
export async function load(options?: LoadOptions): Promise<Celoss> {
  const { wasmBinary } = readOptions(options, ["wasmBinary"]);
  const url = () => new URL(/* @vite-ignore */ "celoss.wasm", import.meta.url);
  return guarded<Celoss>(celossOn(new Memory(await loadModule(createCeloss, "celoss.wasm", url, wasmBinary))));
}
