// The only markup in our texts: `code`, and the words of somebody else that a sentence of ours quotes.

/** Unicode's marks around what is isolated: in a page <bdi>, so that it cannot turn the sentence around. */
const [ISOLATE, END] = ["\u2068", "\u2069"] as const;
const MARKED = new RegExp(`\`([^\`]*)\`|${ISOLATE}([^${END}]*)${END}`, "g");

/** More than this of what somebody has written says nothing more. */
const SHOWN = /^.{0,40}/su;
/** What is not seen, and can change how the rest is: it is spelled out. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A piece of a text, and the element that it stands in; null: none. */
export interface Piece {
  readonly tag: "code" | "bdi" | null;
  readonly text: string;
}

/** Somebody else's words in quotation marks. */
export function quoted(words: string): string {
  const [shown = ""] = SHOWN.exec(words) ?? [];
  const seen = shown.replace(UNSEEN, (unseen) => `\\u{${unseen.codePointAt(0)?.toString(16)}}`);
  return `“${ISOLATE}${seen}${shown === words ? "" : "…"}${END}”`;
}

/** A text cut into what stands in an element of its own, and what is between. */
export function pieces(text: string): Piece[] {
  const cut: Piece[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: code, 2: words } of text.matchAll(MARKED)) {
    cut.push({ tag: null, text: text.slice(end, index) });
    cut.push(code === undefined ? { tag: "bdi", text: words ?? "" } : { tag: "code", text: code });
    end = index + whole.length;
  }
  return [...cut, { tag: null, text: text.slice(end) }].filter((piece) => piece.text !== "");
}
