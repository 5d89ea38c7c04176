// The one core that everything on a page shares, loaded when it is asked for first.

import { wasmBinary } from "virtual:lab-wasm-bytes";
import { type Lab, load } from "./lab/index.ts";

let core: Promise<Lab> | null = null;

/** Rejects with a CelossError where WebAssembly is missing or forbidden. */
export function loadCore(): Promise<Lab> {
  core ??= wasmBinary().then((bytes) => load({ wasmBinary: bytes }));
  return core;
}
