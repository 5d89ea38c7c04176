import { describe, expect, it } from "vitest";
import { formulasPlugin, mathml } from "../../../web/plugins/formulas.ts";
import { formulas } from "../../../web/src/formulas.ts";
import { isBalanced, textOf } from "./markup.ts";

describe("mathml", () => {
  it.each(Object.entries(formulas))("renders %s", (_, tex) => {
    const markup = mathml(tex);
    expect(markup).toMatch(/^<math[ >].*<\/math>$/s);
    expect(markup).toContain('display="block"');
    expect(isBalanced(markup)).toBe(true);
    expect(markup).not.toMatch(/merror|\\/);
  });

  it.each(Object.entries(formulas))("writes %s without style attributes", (_, tex) => {
    expect(mathml(tex)).not.toMatch(/\sstyle=/);
  });

  it("says what was written", () => {
    expect(textOf(mathml(formulas.softmax)).replace(/\s/g, "")).toBe("pc=exc∑jexj");
  });

  it("refuses TeX that is none", () => {
    expect(() => mathml("\\frac{1")).toThrow();
  });
});

describe("formulasPlugin", () => {
  const { resolveId, load } = formulasPlugin() as unknown as Record<
    "resolveId" | "load",
    (id: string) => string | null
  >;

  it("gives virtual:formulas and nothing else", () => {
    const id = resolveId("virtual:formulas");
    const [, json = ""] = /^export const mathml = (.*);$/s.exec(load(id ?? "") ?? "") ?? [];
    expect(JSON.parse(json)).toEqual(
      Object.fromEntries(Object.entries(formulas).map(([name, tex]) => [name, mathml(tex)])),
    );
    expect([resolveId("lit"), load("lit")]).toEqual([null, null]);
  });
});
