// virtual:lab-wasm-bytes: `wasmBinary()`, which brings the bytes of lab.wasm, whichever way the build has them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Plugin } from "vite";

const ID = "virtual:lab-wasm-bytes";

/** For the page that is one file: deflated, and then as base64. Deflated first it adds 15 KB to the page's gzip, as
 * plain base64 20 KB. */
export function inlinedWasm(file: URL): Plugin {
  const deflated = () => deflateRawSync(readFileSync(file), { level: 9 }).toString("base64");
  return wasmBinary(
    () => `
const deflated = ${JSON.stringify(deflated())};

export async function wasmBinary() {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}`,
  );
}

/** For the page of several files: one of them, which is fetched. */
export function fetchedWasm(file: URL): Plugin {
  return wasmBinary(
    () => `
import url from ${JSON.stringify(`${fileURLToPath(file)}?url`)};

export async function wasmBinary() {
  const response = await fetch(url);
  if (!response.ok) throw new Error(url + ": " + response.status + " " + response.statusText);
  return response.arrayBuffer();
}`,
  );
}

function wasmBinary(code: () => string): Plugin {
  return {
    name: "wasm-binary",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? code() : null),
  };
}
