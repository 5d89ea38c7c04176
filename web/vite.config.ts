// The page, twice: dist/index.html, one file with everything in it, and, in the mode "site", dist/site/ with scripts,
// styles and the WebAssembly in files of their own.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { addressPlugin, checkedAddress } from "./plugins/address.ts";
import { bracesPlugin } from "./plugins/braces.ts";
import { chunksAsText, entryInChunks, withoutPreloads } from "./plugins/chunks.ts";
import { engineAsText, engineBeside, engineInline } from "./plugins/engine.ts";
import { fallbackPlugin } from "./plugins/fallback.ts";
import { firstPaintPlugin } from "./plugins/first-paint.ts";
import { formulasPlugin } from "./plugins/formulas.ts";
import { policyPlugin } from "./plugins/policy.ts";
import { scriptLastPlugin } from "./plugins/script-last.ts";
import { fetchedWasm, inlinedWasm } from "./plugins/wasm-binary.ts";
import type { Lab } from "./src/lab/index.ts";
import { wasmGlue } from "./vite.wasm-glue.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const wasm = new URL("../build/wasm/", import.meta.url);

/** The core for the numbers in the HTML: the lab as built (dist/lab.js), so build:lib runs first. */
async function load(): Promise<Lab> {
  const lab = new URL("../dist/lab.js", import.meta.url).href;
  const module = (await import(/* @vite-ignore */ lab)) as typeof import("./src/lab/index.ts");
  return module.load({ wasmBinary: readFileSync(new URL("lab.wasm", wasm)) });
}

export default defineConfig(({ mode, command }) => {
  const site = mode === "site";
  return {
    root: path("."),
    base: "./",
    plugins: [
      wasmGlue(),
      formulasPlugin(),
      fallbackPlugin(load),
      firstPaintPlugin(!site),
      entryInChunks(),
      withoutPreloads(),
      ...(site
        ? [fetchedWasm(wasm), engineBeside("assets/", (hash) => `batch-engine-${hash}.js`)]
        : [
            inlinedWasm(wasm),
            chunksAsText(["dialogs", "words", "batch"]), // other orders: up to 1.5 KB more
            command === "serve" ? engineInline() : engineAsText(),
            viteSingleFile({ useRecommendedBuildConfig: false }),
          ]),
      addressPlugin(checkedAddress(process.env.CELOSS_ADDRESS)),
      bracesPlugin(),
      scriptLastPlugin(),
      policyPlugin(),
    ],
    build: {
      // Browsers from 2024 on: light-dark(), which would cost 1 KB to imitate for older ones.
      target: ["chrome123", "firefox120", "safari17.5"],
      outDir: path(site ? "../dist/site" : "../dist"),
      emptyOutDir: site, // the library lives beside the one file
      assetsInlineLimit: 0, // the one file inlines what it needs by its own plugin
      modulePreload: { polyfill: false },
    },
    preview: { host: "127.0.0.1" },
  };
});
