// The only markup in our texts: `code`.

/** A text cut at its backticks: every second piece is code. */
export function pieces(text: string): { readonly code: boolean; readonly text: string }[] {
  return text.split("`").map((piece, i) => ({ code: i % 2 === 1, text: piece }));
}
