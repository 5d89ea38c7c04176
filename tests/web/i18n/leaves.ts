// The texts as a flat list, and which of them the page uses.
import { readdirSync, readFileSync } from "node:fs";

export type Leaf = string | ((...values: never[]) => string);

/** Every text with its path: ["data.at", (row, column) => …]. */
export function leavesOf(texts: object, path = ""): [path: string, leaf: Leaf][] {
  return Object.entries(texts).flatMap(([key, value]: [string, object | Leaf]) =>
    typeof value === "object" ? leavesOf(value, `${path}${key}.`) : [[path + key, value] as [string, Leaf]],
  );
}

/** What a text says for arguments of any kind. */
export function said(leaf: Leaf): string {
  const anything = ["7", "8", "9"] as never;
  return typeof leaf === "string" ? leaf : leaf(anything, anything, anything);
}

const ALIAS = /const (?:(\w+)|\{ (\w+) \}) = (?:this\.)?(?:view\.)?(?:text|texts\[[^\]]+\])((?:\.\w+)*);/g;
const USE = /\b(\w+)((?:\.\w+)*)(\[)?/g;

/** The paths that the sources below a folder use; "cells.*" where the last part is computed. */
export function pathsUsedIn(folder: URL): Set<string> {
  const used = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.includes("i18n/")) continue;
    const source = readFileSync(new URL(file, folder), "utf8");
    const aliases = new Map([["text", new Set([""])]]);
    for (const [, name, destructured, path = ""] of source.matchAll(ALIAS)) {
      const paths = aliases.get(name ?? destructured ?? "") ?? new Set();
      paths.add(destructured ? `${path}.${destructured}` : path);
      aliases.set(name ?? destructured ?? "", paths);
    }
    for (const [, first = "", rest = "", computed] of source.matchAll(USE)) {
      const [, view, text, path = ""] = /^(?:(view|this)\.)?(?:view\.)?(text)((?:\.\w+)*)$/.exec(first + rest) ?? [];
      const paths = text !== undefined || view ? [path] : [...(aliases.get(first) ?? [])].map((alias) => alias + rest);
      for (const its of paths) used.add(its.slice(1) + (computed ? ".*" : ""));
    }
  }
  return used;
}
