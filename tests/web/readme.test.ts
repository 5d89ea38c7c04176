// The README's JavaScript example, run as a reader would run it: from the project's root, against dist/.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

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
