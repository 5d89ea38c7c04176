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
  if (typeof leaf === "string") return leaf;
  return leaf(...(Array(leaf.length).fill(["7", "8", "9"]) as never[]));
}

/** const t = this.view.text.data, const { text } = this.view, const { unavailable } = texts[language] */
const ALIAS = /const (?:(\w+)|\{ (\w+) \}) = (?:[\w.]+\.)?(?:text|texts\[[^\]]+\])((?:\.\w+)*);/g;

/** The paths that the sources below a folder use; "widths.*" or "*.open" where a part is computed. */
export function pathsUsedIn(folder: URL): string[] {
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?!i18n).*\.ts$/.test(file),
  );
  return sources.flatMap((file) => {
    const source = readFileSync(new URL(file, folder), "utf8");
    const aliases = [...source.matchAll(ALIAS)].map(([, name, part, path = ""]) =>
      part ? { name: part, path: `${path}.${part}` } : { name, path },
    );
    return [{ name: "text", path: "" }, ...aliases].flatMap(({ name, path }) =>
      [...source.matchAll(new RegExp(`\\b${name}((?:\\.\\w+)*)(\\[[^\\]]*\\])?((?:\\.\\w+)*)`, "g"))].map(
        ([, rest, computed, last]) => `${path}${rest}${computed ? ".*" : ""}${last}`.slice(1),
      ),
    );
  });
}
