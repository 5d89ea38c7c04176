import { describe, expect, it } from "vitest";
import { pieces } from "../../../web/src/i18n/inline.ts";

describe("pieces", () => {
  it("cuts a text at its backticks", () => {
    expect(pieces("`x` holds what `y` means.")).toEqual([
      { code: false, text: "" },
      { code: true, text: "x" },
      { code: false, text: " holds what " },
      { code: true, text: "y" },
      { code: false, text: " means." },
    ]);
  });

  it("leaves a text without them whole", () => {
    expect(pieces("plain")).toEqual([{ code: false, text: "plain" }]);
  });
});
