// What the READMEs say. Every block of code is tested: JavaScript is run as a reader would run it, from the project's root
// against dist/, a README's blocks one after the other, and so are Python and the command; HTML is what the page writes;
// commands exist. (C++ is compiled and run by tests/cpp/readme_test.cpp.) And the tables of embedding have all there is.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ATTRIBUTES, QUERY } from "../../web/src/state/parameters.ts";
import { snippet } from "../../web/src/state/snippets.ts";
import { PARTS, STEPS } from "../../web/src/state/steps.ts";
import { run } from "./export/python.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const readmes = ["README.md", "cpp/README.md", "web/README.md", "tests/README.md"];
const web = read("web/README.md");

/** The blocks of code in a language, in their order. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)\n```$/gm)]
    .filter(([, of]) => of === language)
    .map(([, , code = ""]) => code);
}

describe.each(readmes)("%s", (path) => {
  const text = read(path);

  it("has code in no language that is not tested", () => {
    const languages = [...text.matchAll(/^```(.*)\n[\s\S]*?\n```$/gm)].map(([, language]) => language);
    const tested = ["js", "html", "sh", "cpp", "python", "console", "json"];
    // A map or an address has no language.
    expect(languages.filter((language) => ![...tested, ""].includes(language ?? ""))).toEqual([]);
  });

  it("has code only where it is run", () => {
    expect(blocks(text, "js").length > 0).toBe(["README.md", "web/README.md"].includes(path));
    // No more than one is compiled.
    expect(blocks(text, "cpp").length).toBe(["README.md", "cpp/README.md"].includes(path) ? 1 : 0);
  });

  it("names commands that build.sh has", () => {
    const commands = [...read("build.sh").matchAll(/^ {2}"([\w-]+) {2}/gm)].map(([, command]) => command);
    const named = [...text.matchAll(/\.\/build\.sh ([a-z][\w-]*)/g)].map(([, command]) => command);
    expect(named.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it("links to files that are there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => !existsSync(new URL(link, new URL(path, root))));
    expect(missing.filter((link) => !link.includes("picture.png"))).toEqual([]);
  });
});

it("is one page at the root", () => expect(read("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(160));

describe("the command", () => {
  // The batch of the README's Python.
  const folder = mkdtempSync(join(tmpdir(), "celoss-readme-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const celoss = (line: string) => {
    const script = fileURLToPath(new URL("dist/celoss-cli.js", root));
    const { stdout, status } = spawnSync(process.execPath, [script, ...line.split(" ")], {
      cwd: folder,
      encoding: "utf8",
    });
    return { stdout, status };
  };
  beforeAll(() => run(`import os\nos.chdir(${JSON.stringify(folder)})\n${blocks(web, "python").join("\n")}`));

  it.each(blocks(web, "console").map((block) => [/^.*/.exec(block)?.[0], block] as const))("%s", (_, console) => {
    const [, line = "", printed] = /^\$ npx celoss (.*)\n([\s\S]*)$/.exec(console) ?? [];
    expect(celoss(line)).toEqual({ stdout: `${printed}\n`, status: 1 });
  });

  it("prints the documented JSON", () => {
    const [json = ""] = blocks(web, "json");
    expect(JSON.parse(celoss("diagnose batch.npz --json").stdout)).toEqual(JSON.parse(json));
  });

  it("has the options that web/README.md lists", () => {
    const [usage = ""] = blocks(web, "").filter((block) => block.startsWith("celoss diagnose"));
    const options = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].sort();
    expect(options(celoss("--help").stdout)).toEqual(options(`${usage} --help --version`));
  });
});

it.each(["README.md", "web/README.md"])("%s: its JavaScript prints what its comments say", (path) => {
  const js = blocks(read(path), "js").join("\n");
  const says = [...js.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  expect(says).not.toHaveLength(0);
  const code = js.replaceAll('"./dist/celoss.js"', JSON.stringify(new URL("dist/celoss.js", root).href));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  expect(printed.trim().split("\n")).toEqual(says);
});

it("has the snippets that the page writes", () => {
  const embed = {
    folder: "https://your.site/celoss/",
    query: "?step=softmax&lang=en",
    hash: "v=1&x=1,2,3;3,2,1&y=2,0",
    packed: "v=1&x=1,2,3;3,2,1&y=2,0",
    title: "nn.CrossEntropyLoss: softmax",
    height: 0,
  };
  const [frame = "", listener, element, ...others] = blocks(web, "html");
  // That it is the right one is seen in a browser: e2e/heights.spec.ts.
  embed.height = Number(/ height="(\d+)"/.exec(frame)?.[1]);
  expect(frame).toBe(snippet("fixed", embed));
  expect(`${frame}\n${listener}`).toBe(snippet("growing", embed));
  expect(element).toBe(snippet("element", embed));
  expect(others).toEqual([]);
});

it("begins with the shortest element that works, which is in the long one too", () => {
  const [script, tag] = blocks(read("README.md"), "html")[0]?.split("\n") ?? [];
  const element = blocks(web, "html")[2] ?? "";
  expect(element.split("\n")[0]).toBe(script);
  expect(element).toContain(tag?.replace("></cross-entropy-demo>", ""));
});

it("has every attribute, every step and every part that can be left out", () => {
  const section = /\n## Embed\n[\s\S]*?\n## /.exec(web)?.[0] ?? "";
  const table = /\n\| attribute \|[\s\S]*?\n\n/.exec(section)?.[0] ?? "";
  const rows = [...table.matchAll(/^\| (`.*?) \| (.*) \|$/gm)];
  const words = (text: string) => [...text.matchAll(/`([\w-]+)`/g)].map(([, word]) => word);
  expect(rows.flatMap(([, names = ""]) => words(names)).sort()).toEqual([...ATTRIBUTES, "page"].sort());
  const values = (name: string) => words(rows.find(([, names]) => names === `\`${name}\``)?.[2] ?? "");
  expect(values("step")).toEqual(STEPS);
  expect(values("hide")).toEqual(PARTS);
  const inTheQuery = /stands in the query \((.*?)\)/.exec(section)?.[1] ?? "";
  expect(words(inTheQuery)).toEqual(Object.keys(QUERY));
});
