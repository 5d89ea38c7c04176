// The arrows of web/src point one way: nothing imports from above it, and no two files need each other.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const src = new URL("../../web/src/", import.meta.url);

/** The rooms that each room may import from, besides itself. */
const ROOMS: Record<string, readonly string[]> = {
  api: [],
  i18n: [],
  read: [],
  lab: ["api"],
  format: ["api"],
  state: ["api", "lab", "read", "format", "i18n"],
  export: ["api", "format", "i18n", "state"],
  elements: ["api", "lab", "read", "format", "i18n", "state", "export", "styles", "."],
  cli: ["lab", "read", "format", "i18n", "state"],
  entries: ["lab", "read", "i18n", "state", "elements", "."],
  ".": ["api", "lab"],
};

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = new Map(
  files.map((file) => {
    const code = readFileSync(new URL(file, src), "utf8");
    const paths = [...code.matchAll(/(?:from|import|import\()\s*"(\.[^"?]+)/g)].map(([, path = ""]) => {
      return new URL(path, new URL(file, src)).href.slice(src.href.length);
    });
    return [file, paths] as const;
  }),
);
const roomOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : ".");

it("from room to room", () => {
  const wrong = [...imports].flatMap(([file, paths]) => {
    const room = roomOf(file);
    return paths
      .filter((path) => roomOf(path) !== room && !ROOMS[room]?.includes(roomOf(path)))
      .map((path) => `${file} -> ${path}`);
  });
  expect(wrong).toEqual([]);
});

it("without circles", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(" -> "));
    if (way.includes(file) || done.has(file)) return;
    for (const path of imports.get(file) ?? []) walk(path, [...way, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

it("are found", () => {
  expect(imports.get("state/store.ts")).toContain("state/lesson/reducer.ts");
  expect(files.length).toBeGreaterThan(80);
});
