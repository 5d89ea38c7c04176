// What every build needs to import the module that CMake builds into build/wasm.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const glue = fileURLToPath(new URL("../build/wasm/celoss.mjs", import.meta.url));

/** Resolves "celoss-wasm" to Emscripten's glue. */
export function celossWasm(): Plugin {
  return {
    name: "celoss-wasm",
    config: () => ({ resolve: { alias: { "celoss-wasm": glue } } }),
    transform: {
      filter: { id: glue },
      // module.ts finds celoss.wasm itself; from this second place Vite would inline a copy of it.
      handler: (code) => code.replace('new URL("celoss.wasm",import.meta.url)', '"celoss.wasm"'),
    },
  };
}
