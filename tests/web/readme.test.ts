// What the README says: its JavaScript example, run as a reader would run it, from the project's root, against dist/; and
// what it says of embedding, beside what the page writes.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ATTRIBUTES, QUERY } from "../../web/src/state/parameters.ts";
import { snippet } from "../../web/src/state/snippets.ts";
import { PARTS, STEPS } from "../../web/src/state/steps.ts";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

it("prints what the comments of the README's example say", () => {
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const says = [...example.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  expect(says).toHaveLength(5);
  const code = example.replace('"./dist/celoss.js"', JSON.stringify(new URL("dist/celoss.js", root).href));
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
    height: 700,
  };
  const [frame, listener, element] = [...readme.matchAll(/```html\n([\s\S]*?)\n```/g)].map(([, code]) => code);
  expect(frame).toBe(snippet("fixed", embed));
  expect(`${frame}\n${listener}`).toBe(snippet("growing", embed));
  expect(element).toBe(snippet("element", embed));
});

it("has every attribute, every step and every part that can be left out", () => {
  const section = /\n## Embed\n[\s\S]*?\n## /.exec(readme)?.[0] ?? "";
  const rows = [...section.matchAll(/^\| (`.*?) \| (.*) \|$/gm)];
  const words = (text: string) => [...text.matchAll(/`([\w-]+)`/g)].map(([, word]) => word);
  expect(rows.flatMap(([, names = ""]) => words(names)).sort()).toEqual([...ATTRIBUTES, "page"].sort());
  const values = (name: string) => words(rows.find(([, names]) => names === `\`${name}\``)?.[2] ?? "");
  expect(values("step")).toEqual(STEPS);
  expect(values("hide")).toEqual(PARTS);
  const inTheQuery = /stands in the query \((.*?)\)/.exec(section)?.[1] ?? "";
  expect(words(inTheQuery)).toEqual(Object.keys(QUERY));
});
