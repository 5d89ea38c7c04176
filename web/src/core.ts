// The one core that everything on a page shares, loaded when it is asked for first.

import { deflated } from "virtual:celoss-wasm-bytes";
import { type Celoss, load } from "./api/index.ts";

let core: Promise<Celoss> | null = null;

/** Rejects with a CelossError where WebAssembly is missing or forbidden. */
export function loadCore(): Promise<Celoss> {
  core ??= inflate(deflated).then((wasmBinary) => load({ wasmBinary }));
  return core;
}

async function inflate(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
