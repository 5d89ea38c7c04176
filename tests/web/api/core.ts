// The core as the tests of this folder use it: the sources of web/src/api over the WebAssembly that was built.
import { readFileSync } from "node:fs";
import { CelossError, load } from "../../../web/src/api/index.ts";

export const wasmBinary = readFileSync(new URL("../../../build/wasm/celoss.wasm", import.meta.url));

export const celoss = await load({ wasmBinary });

/** The note's x, to the digits that yield all it prints, and its y. */
export const note = {
  x: [
    [0.74594, 0.58806, 0.47946],
    [0.2894, 0.05678, 0.34387],
    [0.61236, 0.75584, 0.43084],
  ],
  y: [0, 1, 1],
};

/** The CelossError that a call throws; anything else that it does fails the test. */
export function errorOf(call: () => unknown): CelossError {
  try {
    call();
  } catch (error) {
    if (error instanceof CelossError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}
