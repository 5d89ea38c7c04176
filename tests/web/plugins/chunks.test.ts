import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { asking, handed } from "../../../web/plugins/chunks.ts";

const ENTRY = "index-CKbnTvny.js";
const entry = `class e{}const t=e=>\`h\${e}\`;globalThis.go=()=>import(\`./dialogs-1a.js\`).then(e=>e.open);export{e as Demo,t as n,e as t};`;
const chunk = `import{n as e,t}from"./${ENTRY}";var n=class extends t{say(){return e(import.meta.url)}};export{n as open};`;

const imported = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

/** An entry that finds its chunk by a function `find`; what it exports is its own `Demo`. */
const asked = (find: string) => asking(entry, new Map([["dialogs-1a.js", "dialogs"]]), ["Demo"], find);

describe("a chunk", () => {
  it("is handed what the entry shares, and says where it is in the words of the page", async () => {
    const find = `async name => name === "dialogs" ? ${handed(chunk, ENTRY, '"from here"')} : null`;
    const module = await imported(asked(find));
    expect(Object.keys(module)).toEqual(["Demo"]);
    const open = await (globalThis as unknown as { go(): Promise<new () => { say(): string }> }).go();
    expect(new open().say()).toBe("hfrom here");
    expect(new open()).toBeInstanceOf(module.Demo);
  });

  it("is evaluated once; what has failed is tried again", async () => {
    const find = vi
      .fn()
      .mockRejectedValueOnce(new Error("offline"))
      .mockResolvedValue(() => ({ open: {} }));
    vi.stubGlobal("findDialogs", find);
    await imported(`${asked("name => findDialogs(name)")}//`);
    const { go } = globalThis as unknown as { go(): Promise<object> };
    await expect(go()).rejects.toThrow("offline");
    const [first, second] = await Promise.all([go(), go()]);
    expect(first).toBe(second);
    expect(find.mock.calls).toEqual([["dialogs"], ["dialogs"]]);
    vi.unstubAllGlobals();
  });

  it.each([
    ["imports another file", 'import{t}from"./common.js";'],
    ["imports all of the entry", `import*as e from"./${ENTRY}";e.t();`],
    ["exports what it declares", "export const a=1;"],
    ["is no JavaScript", "export{"],
  ])("that %s ends the build", (_, code) => {
    expect(() => handed(code, ENTRY)).toThrow();
  });
});

describe("what is built", () => {
  const dist = new URL("../../../dist/", import.meta.url);
  const read = (file: string) => readFileSync(new URL(file, dist), "utf8");
  const [, page = "", text = ""] = /^([\s\S]*?)<script type="text\/plain" data-chunk="dialogs">(.*?)<\/script>/s.exec(
    read("index.html"),
  ) ?? ["", "", ""];

  it.each([
    ["index.html", page, text],
    ["cross-entropy-demo.js", read("cross-entropy-demo.js"), read("cross-entropy-demo-dialogs.js")],
    ["element.js", read("element.js"), read("element-dialogs.js")],
  ])("keeps dialogs and exports out of %s, and Lit and the core in it alone", (_, first, later) => {
    for (const words of ["export-preview{", "IFrame("]) {
      expect(later).toContain(words);
      expect(first).not.toContain(words);
    }
    for (const words of ["litElementVersions", "WebAssembly"]) {
      expect(first).toContain(words);
      expect(later).not.toContain(words);
    }
  });

  it("has the text behind the script, which does not wait for it", () => {
    expect(page.match(/<script async type="module"/g)).toHaveLength(1);
    expect(text).toMatch(/^"use strict";document\.currentScript\.chunk=\(\{/);
  });

  it("has beside the element what it names, of the same build", () => {
    for (const name of ["cross-entropy-demo", "element"]) {
      const files = readdirSync(dist).filter((file) => file.startsWith(`${name}-`));
      const chunks = [`${name}-batch.js`, `${name}-dialogs.js`, `${name}-words.js`];
      expect(files).toEqual([`${name}-batch-engine.js`, ...chunks]);
      for (const file of chunks) {
        expect(read(`${name}.js`)).toContain(`import(\`./${file}\`)`);
        const [, build = "none"] = /^export const build="(.{8})"/.exec(read(file)) ?? [];
        expect(read(`${name}.js`)).toContain(build);
      }
    }
  });
});
