// The one core that everything on a page shares, loaded when it is asked for first.

import { wasmBinary } from "virtual:celoss-wasm-bytes";
import { type Celoss, load } from "./api/index.ts";

let core: Promise<Celoss> | null = null;

/** Rejects with a CelossError where WebAssembly is missing or forbidden. */
export function loadCore(): Promise<Celoss> {
  core ??= wasmBinary().then((bytes) => load({ wasmBinary: bytes }));
  return core;
}
