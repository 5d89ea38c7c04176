// The bytes of a text file as text: UTF-8, or what its byte order mark says; nothing else is guessed.

import { refuseFile } from "./refusal.ts";

/** A text with more numbers than are read is not even decoded; in bytes. */
const LARGEST_TEXT = 64 * 2 ** 20;

/** Of the control characters those that texts have: white space, a progress bar's backspace, the escape of colours. */
const TEXT_CONTROLS: readonly number[] = [8, 9, 10, 12, 13, 27];

function hasOtherControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 32 && !TEXT_CONTROLS.includes(byte));
}

export function decode(bytes: Uint8Array, source: string): string {
  if (bytes.length > LARGEST_TEXT) refuseFile("textTooLarge", source, { size: bytes.length, most: LARGEST_TEXT });
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !isWide ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
  if (!isWide && hasOtherControls(bytes)) refuseFile("unknownContent", source, {}, 'np.save("logits.npy", logits)');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuseFile("notUtf8", source);
  }
}
