import { describe, expect, it } from "vitest";
import { firstLanguage, readParameter, withParameter } from "../../../web/src/state/url.ts";

describe("readParameter", () => {
  it("reads what the query says", () => {
    expect(readParameter("?lang=zh&theme=dark", "lang")).toBe("zh");
    expect(readParameter("?lang=zh&theme=dark", "theme")).toBe("dark");
  });

  it.each(["", "?", "?lang", "?lang=", "?lang=fr", "?lang=EN", "?language=en", "?theme=dark"])(
    "finds no language in %j",
    (search) => {
      expect(readParameter(search, "lang")).toBeNull();
    },
  );
});

describe("withParameter", () => {
  it("sets one and keeps the others", () => {
    expect(withParameter("", "lang", "en")).toBe("?lang=en");
    expect(withParameter("?theme=dark&x=%20&lang=zh", "lang", "en")).toBe("?theme=dark&x=+&lang=en");
  });

  it("sets what readParameter reads", () => {
    expect(readParameter(withParameter("?lang=zh&lang=zh", "lang", "en"), "lang")).toBe("en");
    expect(readParameter(withParameter("?lang=zh", "theme", "auto"), "theme")).toBe("auto");
  });
});

describe("firstLanguage", () => {
  it.each([
    ["?lang=en", ["zh-CN"], "en"],
    ["?lang=zh", ["en-US"], "zh"],
    ["?lang=fr", ["zh-TW", "en"], "zh"],
    ["", ["en-GB", "zh-CN"], "en"],
    ["", ["fr", "ZH-Hans-CN", "en"], "zh"],
    ["", ["fr", "de"], "en"],
    ["", [], "en"],
  ])("of the query %j and the languages %j is %s", (search, languages, language) => {
    expect(firstLanguage(search, languages)).toBe(language);
  });
});
