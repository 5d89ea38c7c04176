import { describe, expect, it } from "vitest";
import { diagnosisTexts } from "../../../../web/src/i18n/diagnosis/index.ts";
import { pieces } from "../../../../web/src/i18n/inline.ts";
import { type Finding, type Proof, RULES, type Rule } from "../../../../web/src/lab/diagnosis/types.ts";
import { findingWords, uncheckedWords } from "../../../../web/src/state/diagnosis/finding-words.ts";
import { keysOf, manual } from "../../lab/diagnosis/manual.ts";

const OPTIONS = ["weight", "ignoreIndex", "labelSmoothing"];
const BOOLEANS = ["oneHot", "isNll", "kHot", "transposed"];
const valueFor = (name: string, i: number): Proof[string] => (name === "option" ? (OPTIONS[i % 3] ?? "") : i + 2.25);

const finding = (id: Rule, proof: Proof): Finding => ({ id, severity: "warning", where: null, proof, fixedLoss: null });
const proofOf = (names: readonly string[]): Proof =>
  Object.fromEntries(names.map((name, i) => [name, valueFor(name, i)]));
const said = (id: Rule, proof: Proof) =>
  JSON.stringify(findingWords(finding(id, proof), "en")) + JSON.stringify(findingWords(finding(id, proof), "zh"));

it("the manual is read", () => {
  expect(keysOf.size).toBeGreaterThan(30);
  expect(keysOf.get("softmax-in-front")).toEqual({
    usual: ["rows", "classes", "floor", "ceiling", "rowSumError", "tolerance", "evidence", "oneHot"],
    lookUp: ["loss", "accuracy", "distance"],
  });
});

describe.each(RULES)("%s", (id) => {
  const { usual, lookUp } = keysOf.get(id) ?? { usual: [], lookUp: [] };
  const plain = (names: readonly string[]) => names.filter((name) => !BOOLEANS.includes(name));
  const cases = [plain(usual), plain([...usual, ...lookUp]), usual].map(proofOf);

  it.each(["en", "zh"] as const)("has words, in %s", (language) => {
    for (const proof of cases) {
      const { title, verdict, proof: lines, why } = findingWords(finding(id, proof), language);
      for (const text of [title, verdict, ...lines, ...(id === "healthy" ? [] : [why])]) {
        expect(text).not.toMatch(/undefined|NaN|\[object|null|false|true\b(?!`)/);
        expect(text.length).toBeGreaterThan(1);
        expect(text.split("`").length % 2, text).toBe(1);
        expect(pieces(text).length).toBeGreaterThan(0);
        if (language === "zh")
          expect(text, "what a Chinese reader writes").not.toMatch(/[一-鿿] ?[,;:?!](?!\S)|[一-鿿]\.(?!\d)/);
      }
    }
  });

  it.each([...usual, ...lookUp])("uses %s", (name) => {
    const changes = cases.some((proof) => {
      const others = BOOLEANS.includes(name) ? [true, false] : [7.75, OPTIONS[0]];
      const now = said(id, { ...proof, [name]: valueFor(name, 5) });
      return others.some((other) => said(id, { ...proof, [name]: other as Proof[string] }) !== now);
    });
    expect(changes).toBe(true);
  });
});

it("has no words for what is no rule", () => {
  for (const text of Object.values(diagnosisTexts)) expect(Object.keys(text.rules).sort()).toEqual([...RULES].sort());
});

it("says of what is only possible what would settle it", () => {
  const words = findingWords(finding("at-chance", { possible: true, settledBy: "classes" }), "en");
  expect(words.title).toBe("Possibly: As good as guessing");
  expect(words.proof.at(-1)).toBe("What would settle it: the number of classes.");
});

it("has words for all that could settle it or was not checked", () => {
  const settledBy = [...(/settledBy {2,}.*?: (.*)/.exec(manual)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(settledBy.length).toBeGreaterThan(5);
  for (const text of Object.values(diagnosisTexts))
    expect(Object.keys(text.settledBy)).toEqual(expect.arrayContaining(settledBy));
  expect(Object.keys(diagnosisTexts.en.unchecked)).toEqual(Object.keys(diagnosisTexts.zh.unchecked));
  expect(uncheckedWords("labels", "zh")).toContain("标签");
});

describe("a softmax in front", () => {
  const verdict = (proof: Proof) => findingWords(finding("softmax-in-front", proof), "en").verdict;
  const alone = { classes: 2, floor: 0.3133, loss: 0.4 };
  it("is where the loss is only at the floor itself", () => {
    expect(verdict({ ...alone, loss: 0.32, distance: 0.0067 })).toMatch(/that is where your 0.3200 is\.$/);
    expect(verdict({ ...alone, distance: null })).toMatch(/your 0.4000 would fit that\.$/);
  });
  it("is no certainty where other rows often look like that", () => {
    const rows = { rows: 1, classes: 3, floor: 0.5514, oneHot: false, rowSumError: 0, tolerance: 1e-4 };
    expect(verdict({ ...rows, evidence: 4 })).toContain("softmax output already");
    for (const oneHot of [false, true])
      expect(verdict({ ...rows, evidence: null, oneHot })).toMatch(/^A sum of 1 may be chance\. With 3 classes /);
    expect(verdict({ ...rows, rows: 2, evidence: null, oneHot: true })).toContain("an argmax or a one_hot stands");
    expect(findingWords(finding("softmax-in-front", { ...rows, evidence: null }), "en").proof.join()).not.toContain(
      "one batch in",
    );
  });
});

describe("numbers", () => {
  const sentence = (proof: Proof) => findingWords(finding("softmax-in-front", proof), "en").proof[0];
  it("never look like 0 if they are not", () => {
    expect(sentence({ rows: 64, rowSumError: 3e-8, tolerance: 0.00025 })).toBe(
      "All 64 rows sum to 1, within 3.0e-08; rounding explains up to 0.0003.",
    );
  });
  it("are shares in percent, digit by digit", () => {
    const { proof } = findingWords(
      finding("at-chance", { loss: 2.3, uniformLoss: 2.31, distance: -0.01, accuracy: 0.983 }),
      "en",
    );
    expect(proof).toContain("The accuracy is 98.3 %.");
  });
  it("may be none", () => {
    expect(findingWords(finding("nonfinite-logits", { loss: Number.NaN }), "en").verdict).toContain("The loss is nan");
  });
});
