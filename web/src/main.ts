// The page: defines the elements, loads the core from the bytes inlined in this file, and hands it to the demo.

// First, so that the texts stand at the head of the script, next to the fallback that repeats them (see one-file.ts).
import "./i18n/index.ts";
import { load } from "./api/index.ts";
import "./elements/define.ts";
import { deflated } from "virtual:celoss-wasm-bytes";
import type { CelossDemo } from "./elements/celoss-demo.ts";

const demo = document.querySelector<CelossDemo>("celoss-demo");

async function inflate(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

try {
  const core = await load({ wasmBinary: await inflate(deflated) });
  if (demo) demo.core = core;
} catch (error) {
  if (demo) demo.failure = error instanceof Error ? error : new Error(String(error));
}
