// The manual of the diagnosis, as the tests read it: which numbers each rule has.
import { readFileSync } from "node:fs";

export const manual = readFileSync(new URL("../../../../web/src/lab/diagnosis/types.ts", import.meta.url), "utf8");

interface Keys {
  /** Of numbers, and of a look-up only. */
  readonly usual: readonly string[];
  readonly lookUp: readonly string[];
}

/** "rule   where | proof, [look-up]", with remarks in brackets. */
export const keysOf = new Map<string, Keys>(
  [...manual.matchAll(/^\/\/ ([a-z-]+) {2,}(.*\|.*)$/gm)].map(([, rule = "", line = ""]) => {
    const plain = line.replace(/\([^()]*\)/g, "").replace(/\([^()]*\)/g, "");
    const names = (text: string) => text.match(/[a-z]\w*/gi) ?? [];
    const lookUp = names([...plain.matchAll(/\[([^\]]*)\]/g)].map(([, inner]) => inner).join());
    return [rule, { usual: names(plain.replace(/\[[^\]]*\]/g, "")).filter((name) => name !== "error"), lookUp }];
  }),
);
