// The element for other pages: dist/cross-entropy-demo.js defines it, dist/element.js (mode "element") leaves that to
// who imports it. Beside each of them lies what it loads when it is wanted, dist/cross-entropy-demo-*.js.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { addressPlugin, checkedAddress } from "./plugins/address.ts";
import { bracesPlugin } from "./plugins/braces.ts";
import { chunksBeside, entryInChunks } from "./plugins/chunks.ts";
import { engineBeside } from "./plugins/engine.ts";
import { formulasPlugin } from "./plugins/formulas.ts";
import { manifestPlugin } from "./plugins/manifest.ts";
import { inlinedWasm } from "./plugins/wasm-binary.ts";
import { wasmGlue } from "./vite.wasm-glue.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig(({ mode }) => {
  const name = mode === "element" ? "element" : "cross-entropy-demo";
  return {
    root: path("."),
    plugins: [
      wasmGlue(),
      inlinedWasm(new URL("../build/wasm/", import.meta.url)),
      formulasPlugin(),
      addressPlugin(checkedAddress(process.env.CELOSS_ADDRESS)),
      manifestPlugin(name),
      entryInChunks(),
      chunksBeside(),
      engineBeside("", () => `${name}-batch-engine.js`),
      bracesPlugin(),
    ],
    // Lit's own modules for servers are those that can be imported where there is no window; they run in browsers too.
    resolve: { conditions: ["node"] },
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      target: ["chrome123", "firefox120", "safari17.5"],
      outDir: path("../dist"),
      emptyOutDir: false, // the page and the library live there too
      copyPublicDir: false,
      lib: { entry: `src/entries/${name}.ts`, formats: ["es"], fileName: () => `${name}.js` },
      rolldownOptions: {
        preserveEntrySignatures: "allow-extension", // else all of it would be a chunk, and the entry its two exports
        output: {
          chunkFileNames: `${name}-[name].js`,
          minify: { compress: true, mangle: true, codegen: true },
        },
      },
    },
  };
});
