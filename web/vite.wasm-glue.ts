// What every build needs to import the modules that CMake builds into build/wasm.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const glue = (name: string) => fileURLToPath(new URL(`../build/wasm/${name}.mjs`, import.meta.url));

const names = ["celoss", "lab", "diagnosis"];

/** Resolves "celoss-wasm", "lab-wasm" and "diagnosis-wasm" to Emscripten's glue. */
export function wasmGlue(): Plugin {
  return {
    name: "wasm-glue",
    config: () => ({ resolve: { alias: Object.fromEntries(names.map((name) => [`${name}-wasm`, glue(name)])) } }),
    transform: {
      filter: { id: names.map(glue) },
      // load.ts finds the .wasm itself; from this second place Vite would inline a copy of it.
      handler: (code) => code.replace(/new URL\(("\w+\.wasm"),import\.meta\.url\)/, "$1"),
    },
  };
}
