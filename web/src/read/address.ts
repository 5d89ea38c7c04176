// The address of a page, as somebody has written it.

/** What a path stands on decides nothing here. */
const SOMEWHERE = "https://example.com/";

/** Whether a link may lead there: by http, https or file, or by a path beside the page. Not javascript:, data: … */
export function isPageAddress(text: string): boolean {
  // The browser's own parser knows best what is a scheme: also of " java\nscript:".
  return URL.canParse(text, SOMEWHERE) && /^(https?|file):$/.test(new URL(text, SOMEWHERE).protocol);
}

/**
 * The folder that somebody means: by an address with or without https:, or by a path. With the slash at its end; null: no
 * link may lead there.
 */
export function folderOf(typed: string): string | null {
  const address = typed.trim().replace(/[?#].*$/s, "");
  const isWhole = /^(https?:\/\/|file:\/\/|\.{0,2}\/)/i.test(address);
  // A scheme has no number behind its colon, a host may.
  const whole = isWhole || /^[a-z][a-z\d+.-]*:(?!\d)/i.test(address) ? address : `https://${address}`;
  if (!isPageAddress(whole)) return null;
  return whole.replace(/[^/]*\.html?$/, "").replace(/\/?$/, "/");
}
