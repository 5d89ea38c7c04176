import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { problems } from "../../../../web/src/elements/controls/problems.ts";
import type { Notice } from "../../../../web/src/read/types.ts";
import type { Problem, Rule } from "../../../../web/src/state/problem.ts";
import { sentFrom, stageTemplate, textsOf, viewOf, violations } from "../stage.ts";

const notice = (kind: string, details: Notice["details"]) => ({
  kind,
  place: { source: null, line: 3, column: 7 },
  details,
});

/** One of every kind, each with its own name, and what it must say in any language. */
const rules: readonly (readonly [rule: Rule, words: readonly string[]])[] = [
  [{ kind: "unknown" }, []],
  [{ kind: "choice", bad: ["pink"], choices: ["light", "dark"] }, ["pink", "light", "dark"]],
  [{ kind: "number", bad: "1e9", from: 0.25, to: 15 }, ["1e9", "0.25", "15"]],
  [{ kind: "wholeNumbers", bad: ["2.5"], from: 0, to: 9 }, ["2.5", "0", "9"]],
  [{ kind: "count", got: 7, from: 2, to: 4 }, ["7", "2", "4"]],
  [
    { kind: "matrix", problem: { kind: "refused", refusal: { ...notice("notANumber", { token: "abc" }), fix: null } } },
    ["abc", "3", "7"],
  ],
  [{ kind: "matrix", problem: { kind: "question", question: notice("rowsOrTensors", { count: 8 }), ways: [] } }, ["8"]],
  [{ kind: "matrix", problem: { kind: "shapes", shapes: [[2, 6, 5], [4]] } }, ["(2, 6, 5)", "(4)"]],
  [{ kind: "matrix", problem: { kind: "tooLong", length: 70000, most: 65536 } }, ["70000", "65536"]],
  [{ kind: "read", notice: notice("inf", { token: "1e999", dtype: "float32" }) }, ["1e999", "float32"]],
  [{ kind: "matrix", problem: { kind: "size", rows: 9, columns: 12 } }, ["9", "12"]],
  [{ kind: "labels", got: 2, samples: 3 }, ["2", "3"]],
  [{ kind: "needs", other: "seed" }, ["seed"]],
  [{ kind: "belongs", other: "x" }, ["x"]],
  [{ kind: "givesWay", other: "preset" }, ["preset"]],
  [{ kind: "repeated" }, []],
  [{ kind: "packed" }, []],
  [{ kind: "tooLong", length: 70000, most: 65536 }, ["70000", "65536"]],
  [{ kind: "address", bad: "data:x" }, ["data:x"]],
];

async function show(found: readonly Problem[], language: "en" | "zh" = "en") {
  const sender = new EventTarget();
  const view = viewOf({ problems: found, language });
  return { place: await stageTemplate(problems(sender, view), view), sent: sentFrom(sender) };
}

describe.each(["en", "zh"] as const)("in %s", (language) => {
  it("axe has nothing to say", async () => {
    await show([{ name: "theme", rule: { kind: "unknown" } }], language);
    expect(await violations()).toEqual([]);
  });

  it.each(rules)("names the parameter and the rule that it breaks: %j", async (rule, words) => {
    const { place } = await show([{ name: "the-name", rule }], language);
    const [said = ""] = textsOf(place, "li");
    for (const word of ["the-name", ...words]) expect(said).toContain(word);
  });
});

it("says nothing where nothing is wrong", async () => {
  expect((await show([])).place.childElementCount).toBe(0);
});

it("is a status with a name, and can be dismissed", async () => {
  const { place, sent } = await show([{ name: "a", rule: { kind: "unknown" } }]);
  expect(place.querySelector("[role=status]")?.getAttribute("aria-label")).toBe("What could not be read");
  await userEvent.click(place.querySelector("button") as Element);
  expect(sent).toEqual([{ type: "dismissProblems" }]);
});

it("names five, and counts the others", async () => {
  const many = ["a", "b", "c", "d", "e", "f", "g"].map((name): Problem => ({ name, rule: { kind: "unknown" } }));
  const said = textsOf((await show(many)).place, "li");
  expect(said).toHaveLength(6);
  expect(said[4]).toContain("e");
  expect(said[5]).toContain("2");
});

it("isolates what somebody else has written, which cannot turn the notice around", async () => {
  const { place } = await show([{ name: "theme", rule: { kind: "choice", bad: ["\u202egnp"], choices: ["dark"] } }]);
  expect(place.innerText).not.toContain("\u202e");
  expect(textsOf(place, "bdi").some((text) => text.includes("\\u{202e}gnp"))).toBe(true);
});
