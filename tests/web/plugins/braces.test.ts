// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates are what is tested
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bracesInMarkup, bracesInScript, bracesInStyle } from "../../../web/plugins/braces.ts";

const PAIR = /\{[{%#]/;
const dist = new URL("../../../dist/", import.meta.url);

/** What a script of one expression comes to. */
const value = (script: string): unknown => new Function(`return ${script}`)();

describe("bracesInScript", () => {
  for (const script of [
    '"{{ a }} {% b %} {# c #} {{{{ d"',
    "'中文 {{' + \"\\\\{{\" + '\\{{'",
    "`{{ ${{ a: `{% ${{ b: '{#' }.b}` }.a} {{`",
    '({"{{":1})',
    "new (class{#a=1;get a(){return this.#a}has(x){return #a in x}})().a",
    "(()=>{{return[1]}})()",
    'JSON.parse(\'{"a":"{{"}\').a',
    "/[{]{2}/.exec('{{')[0]",
  ]) {
    it(`leaves ${script} what it is`, () => {
      const written = bracesInScript(script);
      expect(written).not.toMatch(PAIR);
      expect(value(written)).toEqual(value(script));
    });
  }

  it("touches nothing else", () => {
    const script = "const a = `{ { ${ b } }}` + '{ % #' // }} %} #}";
    expect(bracesInScript(script)).toBe(script);
  });

  it("refuses what may be read as it is written", () => {
    expect(() => bracesInScript("tag`{{`")).toThrow("A tagged template has a brace pair");
    expect(() => bracesInScript("tag`${1}{%`")).toThrow("A tagged template has a brace pair");
    expect(() => bracesInScript("const braces = /{{/")).toThrow("A regular expression has a brace pair");
    expect(bracesInScript("tag`${{a: 1}}`")).toBe("tag`${ {a: 1}}`");
  });
});

it("bracesInStyle puts a space between rules, and refuses strings and addresses", () => {
  expect(bracesInStyle("@media print{#a{b:c}}")).toBe("@media print{ #a{b:c}}");
  expect(() => bracesInStyle('p{content:"{{"}')).toThrow("A style has a brace pair");
  expect(() => bracesInStyle("p{background:url(data:,{#)}")).toThrow("A style has a brace pair");
});

it("bracesInMarkup knows text, attributes, scripts and styles apart", () => {
  expect(
    bracesInMarkup(
      `<p title="{{ a">{% b</p><style>@media print{#a{b:c}}</style><script type="module">f({a:"<p>{{"})</script>{#`,
    ),
  ).toBe(
    `<p title="{&#123; a">{&#37; b</p><style>@media print{ #a{b:c}}</style><script type="module">f({a:"<p>{\\x7b"})</script>{&#35;`,
  );
});

it("nothing that is built has a brace pair", () => {
  const built = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(html|js|css|json|d\.ts)$/.test(name),
  );
  expect(built).toEqual(
    expect.arrayContaining(["index.html", "site/index.html", "cross-entropy-demo.js", "celoss.js"]),
  );
  for (const name of built) expect(PAIR.exec(readFileSync(new URL(name, dist), "utf8")), name).toBeNull();
});
