// The package is what is meant, installs where nothing else is, and the examples build with it.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { test } from "@playwright/test";
import { elsewhere, npm, root, run, tool } from "./elsewhere.ts";

const files = [
  "LICENSE",
  "LICENSE.fflate",
  "LICENSE.lit",
  "LICENSE.lit-virtual",
  "README.md",
  "dist/celoss-cli.js",
  "dist/celoss.d.ts",
  "dist/celoss.js",
  "dist/celoss.wasm",
  "dist/celoss.wasm.d.ts",
  "dist/cross-entropy-demo-batch-engine.js",
  "dist/cross-entropy-demo-batch.js",
  "dist/cross-entropy-demo-dialogs.js",
  "dist/cross-entropy-demo-words.js",
  "dist/cross-entropy-demo.d.ts",
  "dist/cross-entropy-demo.js",
  "dist/custom-elements.json",
  "dist/diagnosis.wasm",
  "dist/element-batch-engine.js",
  "dist/element-batch.js",
  "dist/element-dialogs.js",
  "dist/element-words.js",
  "dist/element.d.ts",
  "dist/element.js",
  "dist/index.html",
  "dist/lab.d.ts",
  "dist/lab.js",
  "dist/lab.wasm",
  "dist/lab.wasm.d.ts",
  "dist/types/api/errors.d.ts",
  "dist/types/api/index.d.ts",
  "dist/types/api/load.d.ts",
  "dist/types/api/typed-arrays.d.ts",
  "dist/types/api/types.d.ts",
  "dist/types/lab/index.d.ts",
  "dist/types/lab/load.d.ts",
  "dist/types/lab/types.d.ts",
  "package.json",
];

interface Packed {
  filename: string;
  files: { path: string }[];
}

const [packed] = JSON.parse(npm(`${root}build/package`, "pack", "--dry-run", "--json")) as [Packed];
const tarball = `${root}build/${packed.filename}`;

/** A copy of a folder, with nothing from before. */
function fresh(name: string, source: string): string {
  const folder = elsewhere(name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !/^(node_modules|dist|cache|public)$/.test(basename(path)),
  });
  return folder;
}

const example = (name: string) => fresh(name, `${root}web/examples/${name}`);

test("holds exactly what is meant", () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), files);
  assert.deepEqual(
    run(root, "tar", "--list", "--file", tarball).trim().split("\n").sort(),
    files.map((path) => `package/${path}`),
  );
});

test("its package.json says nothing that is only of use here", () => {
  const manifest = JSON.parse(readFileSync(`${root}build/package/package.json`, "utf8"));
  for (const name of ["private", "scripts", "dependencies", "devDependencies"])
    assert.equal(name in manifest, false, name);
  const { name, version, license, type } = manifest;
  assert.deepEqual({ name, license, type }, { name: "celoss", license: "MIT", type: "module" });
  assert.equal(version, /project\(celoss VERSION (\S+)/.exec(readFileSync(`${root}CMakeLists.txt`, "utf8"))?.[1]);
});

test("installs by itself, is bundled by Vite, and serves plain pages", () => {
  const folder = fresh("consumer", `${root}tests/package/consumer`);
  npm(folder, "install", tarball);
  const installed = readdirSync(`${folder}/node_modules`).filter((name) => !name.startsWith("."));
  assert.deepEqual(installed, ["celoss"]);
  run(folder, process.execPath, tool("web/node_modules/vite/bin/vite.js"), "build", "app");

  // What the article and the widget need are a few files of the package.
  const dist = `${folder}/node_modules/celoss/dist`;
  const article = example("html");
  for (const file of ["cross-entropy-demo.js", "cross-entropy-demo-dialogs.js", "index.html"])
    cpSync(`${dist}/${file}`, `${article}/celoss/${file}`);
  const widget = fresh("anywidget", `${root}tests/package/anywidget`);
  cpSync(`${root}web/examples/anywidget.js`, `${widget}/anywidget.js`);
  cpSync(`${dist}/element.js`, `${widget}/element.js`);
});

for (const name of ["react", "vitepress", "vuepress1", "hexo"]) {
  test(`the example for ${name} builds`, () => {
    test.setTimeout(300_000); // VuePress 1 is 1400 packages
    const folder = example(name);
    npm(folder, "ci");
    npm(folder, "run", "build");
  });
}
