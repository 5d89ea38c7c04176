// The package: dist/celoss.js, celoss.wasm, and their types: celoss.d.ts, which re-exports dist/types, celoss.wasm.d.ts.
// In the mode "lab" the same of what the page has beside the losses: dist/lab.js, lab.wasm.
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { bracesPlugin } from "./plugins/braces.ts";
import { wasmGlue } from "./vite.wasm-glue.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig(({ mode }) => {
  const [name, folder] = mode === "lab" ? ["lab", "lab"] : ["celoss", "api"];
  return {
    root: path("."),
    plugins: [wasmGlue(), foundByBundlers(), besideTheScript(name, folder), bracesPlugin()],
    build: {
      target: "es2022",
      outDir: path("../dist"),
      emptyOutDir: false, // the page lives there too
      copyPublicDir: false,
      lib: { entry: `src/${folder}/index.ts`, formats: ["es"], fileName: () => `${name}.js` },
      // Top-level names stay, so that stack traces can be read.
      rolldownOptions: { output: { minify: { compress: true, mangle: { toplevel: false }, codegen: true } } },
    },
  };
});

/** This build is not to inline the WebAssembly, but the bundler of an application is to find it. */
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

function besideTheScript(name: string, folder: string): Plugin {
  return {
    name: "beside-the-script",
    writeBundle() {
      copyFileSync(path(`../build/wasm/${name}.wasm`), path(`../dist/${name}.wasm`));
      execFileSync(process.execPath, [path("node_modules/typescript/bin/tsc"), "-p", path("tsconfig.lib.json")], {
        stdio: "inherit",
      });
      writeFileSync(path(`../dist/${name}.d.ts`), `export * from "./types/${folder}/index.js";\n`);
      writeFileSync(path(`../dist/${name}.wasm.d.ts`), wasmImported);
    },
  };
}
