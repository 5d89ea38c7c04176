import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieces, quoted } from "../../../web/src/i18n/inline.ts";

describe("pieces", () => {
  it("cuts a text at its backticks", () => {
    expect(pieces("`x` holds what `y` means.")).toEqual([
      { tag: "code", text: "x" },
      { tag: null, text: " holds what " },
      { tag: "code", text: "y" },
      { tag: null, text: " means." },
    ]);
  });

  it("leaves a text without them whole", () => {
    expect(pieces("plain")).toEqual([{ tag: null, text: "plain" }]);
  });

  it("sets apart what is quoted, whatever it is", () => {
    expect(pieces(`no ${quoted("`a`” <b>")} in \`x\``)).toEqual([
      { tag: null, text: "no “" },
      { tag: "bdi", text: "`a`” <b>" },
      { tag: null, text: "” in " },
      { tag: "code", text: "x" },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        const [before, bdi, after] = pieces(`a ${quoted(`${words}.`)} b`);
        expect([before?.text, bdi?.tag, after?.text]).toEqual(["a “", "bdi", "” b"]);
      }),
    );
  });
});

describe("quoted", () => {
  /** The words as they are shown. */
  const shown = (words: string) => pieces(quoted(words)).find(({ tag }) => tag === "bdi")?.text;

  it("spells out what is not seen", () => {
    expect(shown("1\u202e2\u2069\u00003\n")).toBe("1\\u{202e}2\\u{2069}\\u{0}3\\u{a}");
    expect(shown("\ud800")).toBe("\\u{d800}");
    expect(shown("שלום 😀 ０")).toBe("שלום 😀 ０");
  });

  it("shortens what is long, and cuts no character in two", () => {
    expect(shown("a".repeat(40))).toBe("a".repeat(40));
    expect(shown("a".repeat(41))).toBe(`${"a".repeat(40)}…`);
    expect(shown("😀".repeat(1000))).toBe(`${"😀".repeat(40)}…`);
  });
});
