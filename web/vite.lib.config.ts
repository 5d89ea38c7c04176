// The package: dist/celoss.js, celoss.wasm, and their types: celoss.d.ts, which re-exports dist/types, celoss.wasm.d.ts.
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { celossWasm } from "./vite.celoss-wasm.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path("."),
  plugins: [celossWasm(), foundByBundlers(), besideTheScript()],
  build: {
    target: "es2022",
    outDir: path("../dist"),
    emptyOutDir: false, // the page lives there too
    copyPublicDir: false,
    lib: { entry: "src/api/index.ts", formats: ["es"], fileName: () => "celoss.js" },
    // Top-level names stay, so that stack traces can be read.
    rolldownOptions: { output: { minify: { compress: true, mangle: { toplevel: false }, codegen: true } } },
  },
});

/** This build is not to inline celoss.wasm, but the bundler of an application is to find it. */
function foundByBundlers(): Plugin {
  return {
    name: "found-by-bundlers",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk") chunk.code = chunk.code.replace(/\/\* @vite-ignore \*\/\s*/, "");
      }
    },
  };
}

const wasmImported = `/** What an import of the file gives: compiled in workers at the edge, its bytes from esbuild. For \`load\`. */
declare const wasmBinary: WebAssembly.Module | Uint8Array<ArrayBuffer>;
export default wasmBinary;
`;

function besideTheScript(): Plugin {
  return {
    name: "beside-the-script",
    writeBundle() {
      copyFileSync(path("../build/wasm/celoss.wasm"), path("../dist/celoss.wasm"));
      execFileSync(process.execPath, [path("node_modules/typescript/bin/tsc"), "-p", path("tsconfig.lib.json")], {
        stdio: "inherit",
      });
      writeFileSync(path("../dist/celoss.d.ts"), 'export * from "./types/index.js";\n');
      writeFileSync(path("../dist/celoss.wasm.d.ts"), wasmImported);
    },
  };
}
