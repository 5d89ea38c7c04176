import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noticeText, questionText, refusalText } from "../../../web/src/i18n/read/said.ts";
import { readTexts } from "../../../web/src/i18n/read/words.ts";
import { refused } from "../read/fixtures.ts";

const languages = ["en", "zh"] as const;
const place = { source: null, line: 2, column: 5 };
/** Whatever a kind speaks of. */
const details = new Proxy({}, { get: (_, name) => (name === "said" || name === "got" ? [2, 3] : "7") });

describe.each(languages)("the words of reading in %s", (language) => {
  const text = readTexts[language];

  it.each(["refusals", "notices", "questions"] as const)("are whole: %s", (part) => {
    for (const [kind, words] of Object.entries(text[part])) {
      expect(words(details), kind).toMatch(/\S/);
      expect(words(details), kind).not.toMatch(/undefined|\[object/);
    }
  });

  it("have a refusal for every kind that a text or a file is refused with", () => {
    const folder = new URL("../../../web/src/read/", import.meta.url);
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
    const kinds = sources.flatMap((source) =>
      [...source.matchAll(/\brefuse(?:File)?\(\s*"(\w+)"/g)].map(([, kind]) => kind),
    );
    expect(kinds.length).toBeGreaterThan(20);
    const foreign = ["foreignArchive", "foreignPicture", "foreignData", "foreignModel", "pickle", "torchLegacy"];
    kinds.push(...foreign, ...Object.values(refused));
    expect(kinds.filter((kind) => !Object.hasOwn(text.refusals, kind ?? ""))).toEqual([]);
  });

  it("are there for the other language's kinds", () => {
    const other = readTexts[language === "en" ? "zh" : "en"];
    for (const part of ["refusals", "notices", "questions"] as const) {
      expect(Object.keys(text[part])).toEqual(Object.keys(other[part]));
    }
  });
});

it("say where", () => {
  const refusal = { kind: "notANumber", place, details: { token: "abc" } };
  const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");
  expect(plain(refusalText(readTexts.en, refusal))).toBe("“abc” is not a number (line 2, column 5)");
  expect(plain(refusalText(readTexts.zh, refusal))).toBe("“abc”不是数字（第 2 行第 5 个字符）");
  expect(noticeText(readTexts.en, { kind: "indexColumn", place, details: {} })).toMatch(/first column/);
  expect(questionText(readTexts.zh, { kind: "table", place, details: { kinds: "header, labels" } })).toMatch(/表头/);
});
