// Bundlers that leave celoss.wasm where it is, with what web/README.md says of them.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { test } from "@playwright/test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { elsewhere, run } from "./elsewhere.ts";

const entry = (name: string) => elsewhere(`consumer/bundlers/${name}.js`);
const bundle = (name: string) => elsewhere(`bundled/${name}/bundle.js`);

/** What the bundle prints, from a folder in which there is nothing else. */
function printed(name: string): string {
  return run(elsewhere("bundled"), process.execPath, bundle(name)).trim();
}

function putBeside(name: string): void {
  cpSync(elsewhere("consumer/node_modules/celoss/dist/celoss.wasm"), elsewhere(`bundled/${name}/celoss.wasm`));
}

const esbuild = (name: string, source: string) =>
  build({
    entryPoints: [entry(source)],
    outfile: bundle(name),
    bundle: true,
    format: "esm",
    target: "es2022",
    loader: { ".wasm": "binary" },
    logLevel: "error",
  });

test("esbuild, celoss.wasm copied beside the bundle", async () => {
  await esbuild("esbuild-beside", "beside");
  putBeside("esbuild-beside");
  assert.equal(printed("esbuild-beside"), "0.5514");
});

test("esbuild, celoss.wasm in the bundle", async () => {
  await esbuild("esbuild-imported", "imported");
  assert.equal(printed("esbuild-imported"), "0.5514");
});

test("rollup, celoss.wasm copied beside the bundle", async () => {
  const bundled = await rollup({ input: entry("beside"), plugins: [nodeResolve()] });
  await bundled.write({ file: bundle("rollup-beside"), format: "es" });
  putBeside("rollup-beside");
  assert.equal(printed("rollup-beside"), "0.5514");
});
