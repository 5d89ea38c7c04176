// The installed package on a server, and to a type checker.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "@playwright/test";
import { elsewhere, run, tool } from "./elsewhere.ts";

const evaluate = (code: string): unknown =>
  JSON.parse(run(elsewhere("consumer"), process.execPath, "--input-type=module", "--eval", code));

test("computes in Node", () => {
  const printed = evaluate(`
    import { load } from "celoss";
    const x = [[0.74594, 0.58806, 0.47946], [0.2894, 0.05678, 0.34387], [0.61236, 0.75584, 0.43084]];
    console.log(JSON.stringify((await load()).crossEntropy(x, [0, 1, 1]).loss.toFixed(4)));`);
  assert.equal(printed, "1.0646");
});

test("takes celoss.wasm from who has it already", () => {
  const printed = evaluate(`
    import { readFileSync } from "node:fs";
    import { load } from "celoss";
    const wasmBinary = readFileSync(new URL(import.meta.resolve("celoss/celoss.wasm")));
    console.log(JSON.stringify((await load({ wasmBinary })).floors(3).doubleSoftmaxFloor.toFixed(4)));`);
  assert.equal(printed, "0.5514");
});

test("has all that the page computes in celoss/lab", () => {
  const printed = evaluate(`
    import { load } from "celoss/lab";
    const lab = await load();
    const { plain } = lab.trace(lab.sharpen([[1, 2]], 2), [0]);
    console.log(JSON.stringify([...plain.rowMax.data, plain.loss.toFixed(4), lab.rand([1], { seed: 0 }).data.length]));`);
  assert.deepEqual(printed, [4, "2.1269", 1]);
});

for (const entry of ["celoss/element", "celoss/cross-entropy-demo", "celoss/cross-entropy-demo.js"]) {
  test(`${entry} does nothing on a server`, () => {
    const seen = JSON.parse(run(elsewhere("consumer"), process.execPath, "server.js", entry));
    assert.deepEqual(seen, {
      names: ["CrossEntropyDemo", "define"],
      // Lit's own: what it makes its classes of where there is no DOM, and its versions.
      added: [
        "customElements",
        "litElementVersions",
        "litHtmlVersions",
        "litPropertyMetadata",
        "litServerRoot",
        "reactiveElementVersions",
      ],
      changed: [],
      defined: false,
      // Some bundlers say where the module lay on their disk: no address for a link.
      wholePage: null,
    });
  });
}

for (const file of ["package.json", "custom-elements.json"]) {
  test(`${file} can be imported`, () => {
    const printed = evaluate(`
      import content from "celoss/${file}" with { type: "json" };
      console.log(JSON.stringify(content));`) as Record<string, unknown>;
    assert.ok("customElements" in printed || "modules" in printed);
  });
}

test("what VitePress renders on the server is the tag with its fallback", () => {
  const html = readFileSync(elsewhere("vitepress/.vitepress/dist/index.html"), "utf8");
  assert.match(
    html,
    /<cross-entropy-demo step="softmax"[^>]*><a href="\/celoss\.html">[^<]+<\/a><\/cross-entropy-demo>/,
  );
});

for (const [moduleResolution, module] of [
  ["bundler", "esnext"],
  ["nodenext", "nodenext"],
] as const) {
  test(`has types, ${moduleResolution}`, () => {
    const tsc = tool("tests/node_modules/typescript/bin/tsc");
    run(elsewhere("consumer"), process.execPath, tsc, "--module", module, "--moduleResolution", moduleResolution);
  });
}
