// What is loaded when it is wanted: a chunk that the sources import() and the bundler therefore cuts off. In dist/site it
// stays a module, imported by its name with a hash. Elsewhere the entry has no name that a chunk could import it by: in
// the one file it is inline, and beside the element it may have been loaded as cross-entropy-demo.js?v=2, so that a chunk
// that imports cross-entropy-demo.js would bring all of it a second time. There a chunk becomes a function, which is
// handed what the entry shares with it, and returns what it exports.

import { createHash } from "node:crypto";
import { type ESTree, minifySync, type Plugin, parseSync, Visitor } from "vite";
import { changePages } from "./change-files.ts";

/** What Rolldown says of a chunk, as far as it is used here. */
export interface Chunk {
  readonly type: "chunk";
  readonly fileName: string;
  readonly name: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  readonly facadeModuleId: string | null;
  code: string;
}

/** The name that the entry's import() calls, which nothing minified has. */
const LOAD = "loadChunk";

/** For the page that is one file: chunks stay text, in scripts that do not run before one of them is asked for. The text
 * stands below the script, which does not wait for it; so it may still be coming. Moving a script whose type has become
 * JavaScript's runs it there and then, if the policy lists its hash. `order` has their names: gzip looks back 32 KB, and
 * finds more of one text in the one before it, or less. */
export function chunksAsText(order: readonly string[]): Plugin[] {
  let scripts: string[] = [];
  return [
    cutOff("chunks-as-text", (entry, chunks) => {
      const inOrder = chunks.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
      scripts = inOrder.map(({ name, code }) => {
        const text = `"use strict";document.currentScript.chunk=${handed(code, entry.fileName, "document.baseURI")}`;
        return `<script type="text/plain" data-chunk="${name}">${text.replace(/<(\/script|!--)/g, "\\x3C$1")}</script>\n`;
      });
      return `async name => {
        if (document.readyState === "loading") await new Promise(done => addEventListener("DOMContentLoaded", done));
        const script = document.querySelector(\`script[data-chunk=\${name}]\`);
        if (script === null) throw new Error("This file has lost its script " + name);
        script.type = "text/javascript";
        document.head.append(script);
        if (!script.chunk) throw new Error("A security policy keeps the script " + name + " from running");
        return script.chunk;
      }`;
    }),
    changePages("chunks-as-text-in-page", (html) => html.replace("</body>", () => `${scripts.join("")}</body>`)),
  ];
}

/** For the element: files beside it, found from where it is itself. */
export function chunksBeside(): Plugin {
  return cutOff("chunks-beside", (entry, chunks) => {
    // Copied one by one they may be of different builds, and the names of what is shared mean nothing then.
    const build = createHash("sha256");
    for (const { code } of [entry, ...chunks]) build.update(code);
    const id = JSON.stringify(build.digest("base64url").slice(0, 8));
    for (const chunk of chunks)
      chunk.code = `export const build=${id};export default ${handed(chunk.code, entry.fileName)};`;
    const files = chunks.map(({ name, fileName }) => `${name}: () => import("./${fileName}")`);
    const names = chunks.map(({ name, fileName }) => `${name}: "${fileName}"`);
    return `async name => {
      const { build, default: chunk } = await { ${files.join(", ")} }[name]();
      if (build !== ${id}) throw new Error({ ${names.join(", ")} }[name] + " is not of the same build as ${entry.fileName}");
      return chunk;
    }`;
  });
}

/** Every chunk imports all of the entry, which has run long before: of what only some of them share with it, Rolldown
 * would else make chunks of their own, depending on the order in which the modules run. */
export function entryInChunks(): Plugin {
  const chunks = new Set<string>();
  let entry = "";
  return {
    name: "entry-in-chunks",
    apply: "build",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (!options.isEntry) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      entry = resolved?.id ?? "";
      return null;
    },
    async resolveDynamicImport(source, importer) {
      const resolved = typeof source === "string" ? await this.resolve(source, importer) : null;
      if (resolved && !resolved.external) chunks.add(resolved.id);
      return null;
    },
    transform: (code, id) => (chunks.has(id) ? `import ${JSON.stringify(entry)};\n${code}` : null),
  };
}

/** Vite wraps import() in a loader of style sheets and of what chunks import, of which ours have none (1 KB). */
export function withoutPreloads(): Plugin {
  const id = "\0vite/preload-helper.js";
  return {
    name: "without-preloads",
    apply: "build",
    enforce: "pre",
    load: { filter: { id }, handler: () => "export const __vitePreload = (load) => load();" },
  };
}

/** Rewrites the entry, so that its import() asks for a chunk by name. `change` does to the chunks what they need, and says
 * in code how a chunk is found: a function of its name that promises the function that the chunk is. */
function cutOff(name: string, change: (entry: Chunk, chunks: readonly Chunk[]) => string): Plugin {
  return {
    name,
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const all = Object.values(bundle).filter((file) => file.type === "chunk") as Chunk[];
        const entry = all.find(({ isEntry }) => isEntry);
        const chunks = all.filter(({ isEntry }) => !isEntry);
        if (entry === undefined || all.length - chunks.length > 1) throw new Error(`${name}: one entry, no more`);
        for (const { fileName, imports } of chunks) {
          const others = imports.filter((file) => file !== entry.fileName);
          if (others.length > 0)
            throw new Error(`${fileName} shares ${others} with another chunk: let the entry import what both need`);
        }
        const find = change(entry, chunks);
        const own = (entry.facadeModuleId && this.getModuleInfo(entry.facadeModuleId)?.exports) || [];
        if (own.includes("*")) throw new Error(`${entry.facadeModuleId} exports *: name what it exports`);
        entry.code = asking(
          entry.code,
          new Map(chunks.map(({ fileName, name }) => [baseName(fileName), name])),
          own,
          find,
        );
      },
    },
  };
}

/** The code of an entry whose import() asks for chunks. What it exported for them alone it hands to them. */
export function asking(code: string, names: ReadonlyMap<string, string>, own: readonly string[], find: string): string {
  const edits: Edit[] = [];
  const shared: string[] = [];
  const program = parsed(code);
  new Visitor({
    ImportExpression: (node) => {
      const name = names.get(fileOf(node.source));
      if (name !== undefined) edits.push({ ...node, text: `${LOAD}("${name}")` });
    },
  }).visit(program);
  for (const node of program.body) {
    if (node.type !== "ExportNamedDeclaration") continue;
    const kept = node.specifiers.filter((specifier) => own.includes(nameOf(specifier.exported)));
    for (const specifier of node.specifiers) shared.push(pair(specifier.exported, specifier.local));
    const specifiers = kept.map(({ start, end }) => code.slice(start, end));
    edits.push({ ...node, text: specifiers.length > 0 ? `export{${specifiers}};` : "" });
  }
  // What is shared is read when a chunk comes: everything has been evaluated by then.
  const load = `const ${LOAD} = (() => {
    const loaded = {};
    const find = ${find};
    const load = async name => (await find(name))({${shared}});
    return name => loaded[name] ??= load(name).catch(failure => {
      delete loaded[name];
      throw failure;
    });
  })();`;
  return edited(code, edits) + minifySync("load-chunk.js", load, { mangle: { toplevel: false } }).code;
}

/** The code of a chunk as a function of what the entry shares. `url` stands for import.meta.url where that means nothing. */
export function handed(code: string, entry: string, url?: string): string {
  const edits: Edit[] = [];
  let shared: string[] = [];
  let exported: string[] = [];
  const program = parsed(code);
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      if (fileOf(node.source) !== baseName(entry)) throw new Error(`A chunk imports ${node.source.value}`);
      shared = node.specifiers.map((specifier) => {
        if (specifier.type !== "ImportSpecifier")
          throw new Error(`A chunk imports ${code.slice(node.start, node.end)}`);
        return pair(specifier.imported, specifier.local);
      });
      edits.push({ ...node, text: "" });
    } else if (node.type === "ExportNamedDeclaration" && node.declaration === null) {
      exported = node.specifiers.map((specifier) => pair(specifier.exported, specifier.local));
      edits.push({ ...node, text: "" });
    } else if (node.type.startsWith("Export")) {
      throw new Error(`A chunk exports ${code.slice(node.start, node.end)}`);
    }
  }
  if (url !== undefined) {
    new Visitor({
      MemberExpression: (node) => {
        if (node.object.type === "MetaProperty") edits.push({ ...node, text: url });
      },
    }).visit(program);
  }
  return `({${shared}})=>{${edited(code, edits)}return{${exported}}}`;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(code: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += code.slice(done, start) + text;
    done = end;
  }
  return (result + code.slice(done)).trim();
}

function parsed(code: string): ESTree.Program {
  const { program, errors } = parseSync("chunk.js", code);
  if (errors[0]) throw new Error(errors[0].message);
  return program;
}

/** The file of an import: "./dialogs.js" or `./dialogs.js`; all lie in one folder. */
function fileOf(source: ESTree.Expression): string {
  const path =
    source.type === "Literal" ? source.value : source.type === "TemplateLiteral" ? source.quasis[0]?.value.cooked : "";
  return baseName(String(path));
}

const baseName = (path: string): string => path.replace(/^.*\//, "");

type Name = ESTree.ModuleExportName | ESTree.BindingIdentifier;
const nameOf = (name: Name): string => ("value" in name ? String(name.value) : name.name);
const pair = (outside: Name, inside: Name): string => `${nameOf(outside)}:${nameOf(inside)}`;
