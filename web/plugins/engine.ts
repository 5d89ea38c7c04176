// virtual:batch-engine: where the script of src/entries/batch-engine.ts is. It is bundled by itself, whole, for both places
// in which it runs: a worker, and, where none can start, the page.

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rollup } from "vite";
import { wasmGlue } from "../vite.wasm-glue.ts";
import { changePages } from "./change-files.ts";
import { inlinedWasm } from "./wasm-binary.ts";

const ID = "virtual:batch-engine";

/** What the script leaves in a page. */
const HERE = `globalThis[Symbol.for("celoss-batch-engine")]`;

/** For the page that is one file: a script that is text until it is moved, which runs it if the policy lists its hash. A
 * worker is made of the text. */
export function engineAsText(): Plugin[] {
  const script = `document.querySelector("script[data-engine]")`;
  let text = "";
  return [
    engine(
      `
let url;
export const engineUrl = () => url ??= URL.createObjectURL(new Blob([${script}.textContent], { type: "text/javascript" }));
export async function engineHere() {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done));
  if (!${HERE}) {
    const script = ${script};
    script.type = "text/javascript";
    document.head.append(script);
  }
  if (!${HERE}) throw new Error("A security policy keeps the script batch-engine from running");
  return ${HERE};
}`,
      (code) => {
        text = code.replace(/<(\/script|!--)/g, "\\x3C$1");
      },
    ),
    changePages("engine-in-page", (html) =>
      html.replace("</body>", () => `<script type="text/plain" data-engine>${text}</script>\n</body>`),
    ),
  ];
}

/** For the page of several files, and beside the element: a file in the folder of the module that asks for it. */
export function engineBeside(folder: string, name: (hash: string) => string): Plugin {
  let file = "";
  let source = "";
  return {
    ...engine(
      () => `
export const engineUrl = () => new URL(/* @vite-ignore */ ${JSON.stringify(file)}, import.meta.url).href;
export async function engineHere() {
  if (!${HERE}) await import(/* @vite-ignore */ engineUrl());
  return ${HERE};
}`,
      (code) => {
        source = code;
        file = name(createHash("sha256").update(code).digest("base64url").slice(0, 8));
      },
    ),
    generateBundle() {
      this.emitFile({ type: "asset", fileName: folder + file, source });
    },
  };
}

/** For tests in Node: of what it leaves in a page, the grammar as it is. */
export function grammarAlone(): Plugin {
  const grammar = fileURLToPath(new URL("../src/state/lesson/grammar.ts", import.meta.url));
  return {
    name: "batch-engine",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? `export const engineHere = () => import(${JSON.stringify(grammar)});` : null),
  };
}

/** For tests, and while developing: in the module that asks for it, as a string. */
export function engineInline(): Plugin {
  let text = "";
  return engine(
    () => `
let url;
export const engineUrl = () => url ??= URL.createObjectURL(new Blob([${JSON.stringify(text)}], { type: "text/javascript" }));
export async function engineHere() {
  if (!${HERE}) await import(/* @vite-ignore */ engineUrl());
  return ${HERE};
}`,
    (code) => {
      text = code;
    },
  );
}

function engine(module: string | (() => string), take: (code: string) => void): Plugin {
  return {
    name: "batch-engine",
    async buildStart() {
      take(await bundled());
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? (typeof module === "string" ? module : module()) : null),
  };
}

let bundle: Promise<string> | null = null;

/** The script, which is the same in every build. */
function bundled(): Promise<string> {
  bundle ??= build({
    configFile: false,
    logLevel: "warn",
    plugins: [wasmGlue(), inlinedWasm(new URL("../../build/wasm/", import.meta.url))],
    build: {
      write: false,
      target: ["chrome123", "firefox120", "safari17.5"],
      lib: {
        entry: fileURLToPath(new URL("../src/entries/batch-engine.ts", import.meta.url)),
        formats: ["iife"],
        name: "engine",
      },
      rolldownOptions: { output: { minify: { compress: true, mangle: true, codegen: true } } },
    },
  }).then((results) => {
    const [result] = results as Rollup.RollupOutput[];
    return result?.output[0].code.trim() ?? "";
  });
  return bundle;
}
