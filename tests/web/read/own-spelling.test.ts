// What the page spells itself is read as by the grammar, or left to it.
import fc from "fast-check";
import { expect, it } from "vitest";
import { areOwnLabels, ownRows } from "../../../web/src/read/own-spelling.ts";
import { parseLabels, parseLogits } from "../../../web/src/state/lesson/grammar.ts";
import { isInLimits } from "../../../web/src/state/lesson/limits.ts";

/** What stands in links. */
const number = fc.oneof(
  fc.stringMatching(/^(0|-?[1-9][0-9]{0,3})(\.[0-9]{1,6})?(e[+-]?[0-9]{1,2})?$/),
  fc.integer({ min: 0, max: 10 }).map(String),
);
/** What comes near it. */
const word = fc.oneof(
  { weight: 9, arbitrary: number },
  { weight: 2, arbitrary: fc.double({ noNaN: true }).map(String) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-+0-9.e_ ,;a]{0,5}$/) },
  fc.constantFrom("-0", "-0.0", "inf", "1e38", "3.5e38", "9007199254740993", "12345678901234567.8", "0x1", "1.", ".5"),
);
const between = (mark: string) => fc.constantFrom(mark, mark, `${mark} `);
const rows = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 11 }), between(","), between(";"), fc.boolean())
  .chain(([rows, columns, comma, semicolon, isPlain]) => {
    const row = fc
      .array(isPlain ? number : word, { minLength: columns, maxLength: columns })
      .map((words) => words.join(comma));
    return fc.array(row, { minLength: rows, maxLength: rows }).map((all) => all.join(semicolon));
  });

it("rows", () => {
  let read = 0;
  fc.assert(
    fc.property(rows, (text) => {
      const own = ownRows(text);
      if (own === null || !isInLimits(own.length, own[0]?.length ?? 0)) return;
      read++;
      const logits = parseLogits(text, "plain");
      expect(logits).toMatchObject({ ok: true, target: null, dtype: null, notices: [] });
      expect(logits.ok && logits.x.map((row) => row.map(({ value }) => value))).toEqual(own);
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(300);
});

it("labels", () => {
  const label = fc.oneof(fc.integer({ min: -3, max: 12 }).map(String), fc.stringMatching(/^-?[0-9]{1,16}$/), word);
  const text = fc.tuple(fc.array(label, { minLength: 1, maxLength: 9 }), between(",")).map(([all, comma]) => {
    return all.join(comma);
  });
  fc.assert(
    fc.property(text, (text) => {
      if (!areOwnLabels(text)) return;
      // One that the grammar asks about is read as a list of whole numbers too.
      const labels = parseLabels(text);
      if (labels) expect(labels).toEqual(text.split(",").map((label) => Number(label) + 0));
    }),
    { numRuns: 3000 },
  );
});

it("says nothing of anything else", () => {
  const others = [
    "",
    " 1,2",
    "1,2;3",
    "1;2,3",
    "1 2",
    "[[1,2]]",
    "1,2\n3,4",
    "+1,2",
    "1,,2",
    "1,2;",
    "１,2",
    "1.,2",
    "1,nan",
    "007,2",
    "1,234, 5",
  ];
  for (const text of others) expect([ownRows(text), areOwnLabels(text)]).toEqual([null, false]);
});
