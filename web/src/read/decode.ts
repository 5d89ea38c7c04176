// The bytes of a text file as text: UTF-8, or what its byte order mark says; nothing else is guessed.

import { refuseFile } from "./refusal.ts";

/** A text with more numbers than are read is not even decoded; in bytes. */
const LARGEST_TEXT = 64 * 2 ** 20;

/** What no text has, in any encoding without a mark. */
function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27);
}

export function decode(bytes: Uint8Array, source: string): string {
  if (bytes.length > LARGEST_TEXT) refuseFile("textTooLarge", source, { size: bytes.length, most: LARGEST_TEXT });
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !isWide ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
  if (!isWide && hasControls(bytes)) refuseFile("unknownContent", source, {}, 'np.save("logits.npy", logits)');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuseFile("notUtf8", source);
  }
}
