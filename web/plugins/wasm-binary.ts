// virtual:lab-wasm-bytes, virtual:diagnosis-wasm-bytes: `wasmBinary()`, which brings the bytes of lab.wasm or
// diagnosis.wasm, whichever way the build has them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import type { Plugin } from "vite";

const ID = /^virtual:(lab|diagnosis)-wasm-bytes$/;

/** For the page that is one file: deflated, and then as base64. Deflated first lab.wasm adds 15 KB to the page's gzip, as
 * plain base64 20 KB. */
export function inlinedWasm(folder: URL): Plugin {
  const deflated = (file: URL) => deflateRawSync(readFileSync(file), { level: 9 }).toString("base64");
  return wasmBinary(
    folder,
    (file) => `
const deflated = ${JSON.stringify(deflated(file))};

export async function wasmBinary() {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}`,
  );
}

/** For the page of several files: one of them, which is fetched. */
export function fetchedWasm(folder: URL): Plugin {
  return wasmBinary(
    folder,
    (file) => `
import url from ${JSON.stringify(`${fileURLToPath(file)}?url`)};

export async function wasmBinary() {
  const response = await fetch(url);
  if (!response.ok) throw new Error(url + ": " + response.status + " " + response.statusText);
  return response.arrayBuffer();
}`,
  );
}

/** `folder` holds the modules; `code` is what brings the bytes of one. */
function wasmBinary(folder: URL, code: (file: URL) => string): Plugin {
  return {
    name: "wasm-binary",
    resolveId: (id) => (ID.test(id) ? `\0${id}` : null),
    load(id) {
      const [, name] = (id.startsWith("\0") && ID.exec(id.slice(1))) || [];
      return name === undefined ? null : code(new URL(`${name}.wasm`, folder));
    },
  };
}
