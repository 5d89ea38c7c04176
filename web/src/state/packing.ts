// A hash that is too long to be read is packed: deflated, and written in the letters of base64url.

import { LONGEST } from "./lesson/limits.ts";

/** Longer than this, in characters, no one reads a link, and some programs cut it. */
const READABLE = 2048;

const PACKED = /(?:^#?|&)z=([\w-]+)/;
/** Behind this comes, of an unpacked hash, what stood beside it. */
export const BESIDE = "&z&";

/** The hash, packed if it is long. */
export async function pack(hash: string): Promise<string> {
  if (hash.length <= READABLE) return hash;
  const deflated = new Blob([hash]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `z=${base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

export function isPacked(hash: string): boolean {
  return hash.length <= LONGEST && PACKED.test(hash);
}

/** The hash as it was before it was packed. One that is broken, or too large to be one of ours, stays as it is. */
export async function unpack(hash: string): Promise<string> {
  if (!isPacked(hash)) return hash;
  const [pair = "", packed = ""] = PACKED.exec(hash) ?? [];
  try {
    const base64 = packed.replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    let text = "";
    for await (const part of chunks(inflated.pipeThrough(new TextDecoderStream()))) {
      text += part;
      if (text.length > LONGEST) return hash;
    }
    const beside = hash.replace(pair, "").replace(/^[#&]+/, "");
    return beside === "" ? text : text + BESIDE + beside;
  } catch {
    return hash;
  }
}

/** A stream as something to loop over, which not every browser has by itself. */
async function* chunks<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
