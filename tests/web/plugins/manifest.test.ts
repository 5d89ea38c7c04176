// What custom-elements.json and the declarations say of the element, held against the element as it is built.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { declarations, manifest } from "../../../web/plugins/manifest.ts";
import { PRESETS } from "../../../web/src/state/lesson/presets.ts";
import { PARTS, STEPS } from "../../../web/src/state/steps.ts";

interface Named {
  readonly name: string;
  readonly description: string;
}

interface Declaration {
  readonly attributes: readonly Named[];
  readonly members: readonly Named[];
  readonly events: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
}

const { modules } = manifest() as { modules: readonly { declarations: readonly [Declaration] }[] };
const element = (modules[0] as (typeof modules)[0]).declarations[0];

const names = (said: readonly Named[]) => said.map(({ name }) => name).toSorted();

/** What the sources below web/src say, each once: the first group of every match. */
function said(folder: string, extension: string, pattern: RegExp): string[] {
  const root = fileURLToPath(new URL(`../../../web/src/${folder}`, import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(extension));
  const found = files.flatMap((file) => [...readFileSync(join(root, file), "utf8").matchAll(pattern)]);
  return [...new Set(found.map(([, name = ""]) => name))].toSorted();
}

const sourceOf = (file: string) => readFileSync(new URL(`../../../web/src/elements/${file}`, import.meta.url), "utf8");
const code = sourceOf("cross-entropy-demo.ts");

/** What the declarations give the class, and what they give the tag. */
const [, inClass = ""] =
  /export declare class CrossEntropyDemo extends HTMLElement \{([\s\S]*?)\n\}/.exec(declarations()) ?? [];
const [, onTag = ""] = /export interface CrossEntropyDemoAttributes \{([\s\S]*?)\n\}/.exec(declarations()) ?? [];
const declared = (text: string) =>
  [...text.matchAll(/^ {2}"?([\w-]+)"?\??[:(]/gm)].map(([, name = ""]) => name).toSorted();

describe("the manifest and the declarations", () => {
  it("have the attributes that the element hears", async () => {
    const built = new URL("../../../dist/element.js", import.meta.url).href;
    const { CrossEntropyDemo } = (await import(/* @vite-ignore */ built)) as {
      CrossEntropyDemo: { readonly observedAttributes: readonly string[] };
    };
    expect(names(element.attributes)).toEqual(CrossEntropyDemo.observedAttributes.toSorted());
    expect(declared(onTag)).toEqual(names(element.attributes));
  });

  it.each([
    ["step", STEPS],
    ["hide", PARTS],
    ["preset", Object.keys(PRESETS)],
  ] as const)("name every value of %s", (name, values) => {
    const { description = "" } = element.attributes.find((attribute) => attribute.name === name) ?? {};
    expect(
      description
        .match(/[^:]*\.$/)?.[0]
        .slice(0, -1)
        .trim()
        .split(", "),
    ).toEqual(values);
  });

  it("have the members that others may use: all of the class but what it shares with its page", () => {
    const withPage = ["settled", "standalone", "press", "wholePage"];
    const inside = [...code.matchAll(/^ {4}(\w+): \{ state: true \}/gm)].map(([, name]) => name);
    const members = [...code.matchAll(/^ {2}(?:static |declare |get |set |async )*([a-zA-Z]\w*)(?:\(.*\{$|: )/gm)]
      .map(([, name = ""]) => name)
      .filter((name) => name !== "constructor" && !withPage.includes(name) && !inside.includes(name));
    expect([...new Set(members)].toSorted()).toEqual(names(element.members));
    expect(declared(inClass)).toEqual(names(element.members));
  });

  it("have the event, with what it tells", () => {
    const told = code + sourceOf("demo/teller.ts");
    expect([...told.matchAll(/new CustomEvent\("([\w-]+)"/g)].map(([, name]) => name)).toEqual(names(element.events));
    expect(declarations()).toContain("readonly entry: boolean;");
  });

  it("have the parts that can be styled from outside", () => {
    expect(names(element.cssParts)).toEqual(said("elements", ".ts", /\bpart="([\w-]+)"/g));
  });

  it("have the custom properties that the style sheets read", () => {
    expect(names(element.cssProperties)).toEqual(said("styles", ".css", /var\(\s*(--celoss-[\w-]+)/g));
  });
});
