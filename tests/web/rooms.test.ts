// The house of web/src/elements: where files are, what they are called, and which way its arrows point (those of all of
// web/src: arrows.test.ts).
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("../../web/src/", import.meta.url));
const elements = join(source, "elements");
const files = readdirSync(elements, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** What a file imports, types too, as paths below web/src; packages by name. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(elements, file), "utf8");
  return [...text.matchAll(/^(?:import|export) [^"]*?(?:from )?"([^"?]+)[^"]*";$/gm)].map(([, path = ""]) =>
    path.startsWith(".") ? relative(source, join(elements, dirname(file), path)) : path,
  );
}

const imports = new Map(files.map((file) => [`elements/${file}`, importsOf(file)]));

/** What is loaded when it is wanted. */
const late = [...readFileSync(join(elements, "late.ts"), "utf8").matchAll(/import\("\.\/([^"]+)"\)/g)].map(
  ([, file = ""]) => file,
);

it("has at most eight files that lie flat", () => {
  expect(files.filter((file) => !file.includes("/")).length).toBeLessThanOrEqual(8);
});

it("names an element's class and tag after its file", () => {
  const tables = ["define.ts", ...late].map((file) => readFileSync(join(elements, file), "utf8")).join("\n");
  const defined = [...tables.matchAll(/"(celoss-[a-z-]+)": (\w+),/g)].map(([, tag, name]) => ({ tag, name }));
  const declared = files.flatMap((file) => {
    const [, name] = /^export class (Celoss\w+) /m.exec(readFileSync(join(elements, file), "utf8")) ?? [];
    return name === undefined ? [] : [{ tag: `celoss-${file.replace(/^.*\/|\.ts$/g, "")}`, name }];
  });
  const byTag = (a: { tag?: string | undefined }, b: { tag?: string | undefined }) =>
    (a.tag ?? "") < (b.tag ?? "") ? -1 : 1;
  expect(declared.length).toBeGreaterThan(15);
  expect(declared.toSorted(byTag)).toEqual(defined.toSorted(byTag));
  for (const { tag, name } of declared) {
    expect(name).toBe(tag.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()));
  }
});

/** What each room uses of the other rooms; the figures know nothing of the lesson either. */
const rooms = {
  figures: /^(?:format\/|elements\/inner-element\.ts$|state\/range\.ts$|i18n\/inline\.ts$)/,
  controls: /^(?!elements\/)|^elements\/(?:figures\/|inner-element|late|view|step-name)/,
  steps: /^(?!elements\/)|^elements\/(?:figures\/|controls\/|view|step-name)/,
  diagnosis: /^(?!elements\/)|^elements\/(?:figures\/|controls\/|inner-element|view|step-name|styles)/,
  demo: /^(?!elements\/)|^elements\/(?:figures\/|view)/,
  dialogs: /^(?!elements\/)|^elements\/(?:figures\/|controls\/|styles|view|step-name)/,
};

it.each(Object.entries(rooms))("lets %s use what they may, and no more", (room, allowed) => {
  const wrong = [...imports]
    .filter(([file]) => file.startsWith(`elements/${room}/`))
    .flatMap(([file, paths]) => paths.map((path) => ({ file, path })))
    .filter(({ path }) => path.endsWith(".ts") && !path.startsWith(`elements/${room}/`) && !allowed.test(path));
  expect(wrong).toEqual([]);
});
