// Site generators read {{, {% and {# wherever they stand, and end their build at what they cannot make sense of. So nothing
// that is built has one of them: a second character that follows a brace is written in another way, which each place has.

import { type ESTree, type Plugin, parseSync, Visitor } from "vite";
import { changeFiles } from "./change-files.ts";

const PAIR = /\{(?=[{%#])/g;
const SECOND = /(?<=\{)[{%#]/g;

const code = (text: string): string => text.replace(PAIR, "{ ");
const inLiteral = (text: string): string => text.replace(SECOND, (second) => `\\x${second.charCodeAt(0).toString(16)}`);
const inMarkup = (text: string): string => text.replace(SECOND, (second) => `&#${second.charCodeAt(0)};`);

function refuse(what: string, text: string): never {
  throw new Error(`${what} has a brace pair that only its author can write in another way: ${text.slice(0, 80)}`);
}

/** JavaScript: a space in code, an escape in strings and templates. Regular expressions and tagged templates, which may be
 * read as they are written, are refused. */
export function bracesInScript(source: string): string {
  if (source.search(PAIR) < 0) return source;
  const { program, errors } = parseSync("script.js", source);
  if (errors[0]) throw new Error(errors[0].message);
  const literals: { start: number; end: number }[] = [];
  const tagged = new Set<unknown>();
  const asWritten = (node: ESTree.Span, what: string) => {
    const text = source.slice(node.start, node.end);
    if (text.search(PAIR) >= 0) refuse(what, text);
    literals.push(node);
  };
  new Visitor({
    TaggedTemplateExpression: ({ quasi }) => {
      for (const text of quasi.quasis) tagged.add(text);
    },
    TemplateElement: (node) => (tagged.has(node) ? asWritten(node, "A tagged template") : literals.push(node)),
    Literal: (node) => {
      if ("regex" in node) asWritten(node, "A regular expression");
      else if (typeof node.value === "string") literals.push(node);
    },
  }).visit(program);
  literals.sort((a, b) => a.start - b.start);
  let result = "";
  let done = 0;
  for (const { start, end } of literals) {
    result += code(source.slice(done, start)) + inLiteral(source.slice(start, end));
    done = end;
  }
  return result + code(source.slice(done));
}

/** CSS: a space between rules. Strings and addresses are refused. */
export function bracesInStyle(source: string): string {
  for (const [literal] of source.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\burl\([^)]*\)/gs)) {
    if (literal.search(PAIR) >= 0) refuse("A style", literal);
  }
  return code(source);
}

/** HTML with what it inlines: entities in text and attributes. */
export function bracesInMarkup(html: string): string {
  return html
    .split(/(<script\b[^>]*>[\s\S]*?<\/script>|<style\b[^>]*>[\s\S]*?<\/style>)/)
    .map((part) => {
      const [, open = "", inlined = "", close = ""] =
        /^(<(?:script|style)\b[^>]*>)([\s\S]*)(<\/\w+>)$/.exec(part) ?? [];
      if (open === "") return inMarkup(part);
      return inMarkup(open) + (open.startsWith("<script") ? bracesInScript : bracesInStyle)(inlined) + close;
    })
    .join("");
}

export const bracesPlugin = (): Plugin =>
  changeFiles("braces", { js: bracesInScript, css: bracesInStyle, html: bracesInMarkup });
