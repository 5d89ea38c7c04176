// What every build needs to import the modules that CMake builds into build/wasm.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const glue = (name: string) => fileURLToPath(new URL(`../build/wasm/${name}.mjs`, import.meta.url));

/** Resolves "celoss-wasm" and "lab-wasm" to Emscripten's glue. */
export function wasmGlue(): Plugin {
  return {
    name: "wasm-glue",
    config: () => ({ resolve: { alias: { "celoss-wasm": glue("celoss"), "lab-wasm": glue("lab") } } }),
    transform: {
      filter: { id: [glue("celoss"), glue("lab")] },
      // load.ts finds the .wasm itself; from this second place Vite would inline a copy of it.
      handler: (code) => code.replace(/new URL\(("\w+\.wasm"),import\.meta\.url\)/, "$1"),
    },
  };
}
