// The address of a page, as somebody has written it.

/** Whether a link may lead there: by http, https or file, or by a path beside the page. Not javascript:, data: and others. */
export function isPageAddress(text: string): boolean {
  // What a path stands on decides nothing; the browser's own parser decides what is a path.
  const url = URL.parse(text, "https://example.com/");
  return url !== null && ["http:", "https:", "file:"].includes(url.protocol);
}
