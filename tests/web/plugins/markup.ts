// What markup says, and whether it is whole.

const TAG = /<(\/?)([a-zA-Z][\w-]*)([^<>]*?)(\/?)>/g;

/** Whether every tag that opens closes, in order. */
export function isBalanced(markup: string): boolean {
  const open: string[] = [];
  for (const [, closes, name = "", , empty] of markup.matchAll(TAG)) {
    if (closes && open.pop() !== name) return false;
    if (!closes && !empty) open.push(name);
  }
  return open.length === 0;
}

/** The text without its tags. */
export function textOf(markup: string): string {
  return markup.replace(TAG, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
