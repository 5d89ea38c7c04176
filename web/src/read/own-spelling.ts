// Numbers as the page itself writes them into links: 1,2.5;3,4. What is spelled so is read at once, as the grammar would
// read it (tensors.ts), which comes late; everything else is left to that.

const NUMBER = /^-?(?:0|[1-9]\d{0,16})(?:\.\d{1,17})?(?:e[+-]?\d{1,2})?$/;

/** Rows of numbers; null: they are spelled otherwise. */
export function ownRows(text: string): readonly (readonly number[])[] | null {
  const comma = text.includes(", ") ? ", " : ",";
  const rows = text.split(/; ?/).map((row) => row.split(comma));
  const columns = rows[0]?.length;
  if (!rows.every((row) => row.length === columns && row.every((word) => NUMBER.test(word)))) return null;
  const numbers = rows.map((row) => row.map(Number));
  // There is something to be said of what is inf in float32, and -0 is 0 among whole numbers.
  return numbers.flat().every((number) => Math.abs(number) < 1e38 && !Object.is(number, -0)) ? numbers : null;
}

/** Whether it is one row of whole numbers. */
export function areOwnLabels(text: string): boolean {
  return text.split(text.includes(", ") ? ", " : ",").every((label) => /^-?(?:0|[1-9]\d{0,14})$/.test(label));
}
