// The command: dist/celoss-cli.js, whole but for diagnosis.wasm beside it.
import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { bracesPlugin } from "./plugins/braces.ts";
import { wasmGlue } from "./vite.wasm-glue.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path("."),
  plugins: [
    wasmGlue(),
    {
      name: "beside-the-script",
      writeBundle: () => copyFileSync(path("../build/wasm/diagnosis.wasm"), path("../dist/diagnosis.wasm")),
    },
    bracesPlugin(),
  ],
  ssr: { noExternal: true },
  build: {
    ssr: "src/cli/main.ts",
    target: "node20",
    outDir: path("../dist"),
    emptyOutDir: false, // everything else lives there too
    minify: true,
    rolldownOptions: { output: { entryFileNames: "celoss-cli.js" } },
  },
});
