// virtual:celoss-wasm-bytes: celoss.wasm for the page that is one file, deflated and then as base64. Deflated first it
// adds 15 KB to the page's gzip, as plain base64 20 KB.

import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import type { Plugin } from "vite";

const ID = "virtual:celoss-wasm-bytes";

function deflate(file: URL): string {
  return deflateRawSync(readFileSync(file), { level: 9 }).toString("base64");
}

export function wasmBytesPlugin(file: URL): Plugin {
  return {
    name: "celoss-wasm-bytes",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? `export const deflated = ${JSON.stringify(deflate(file))};` : null),
  };
}
