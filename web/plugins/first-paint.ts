// src/entries/first-paint.ts in the head of the page: inline in the page that is one file; beside the page of several
// files, where nothing is inline, because servers forbid it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { minifySync, type Plugin, transformWithOxc } from "vite";

const source = new URL("../src/entries/first-paint.ts", import.meta.url);

async function script(): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(source, "utf8"), source.pathname);
  return minifySync(source.pathname, code).code.trim();
}

export function firstPaintPlugin(inline: boolean): Plugin {
  let code = "";
  let fileName = "";
  return {
    name: "first-paint",
    apply: "build",
    async buildStart() {
      code = await script();
      fileName = `assets/first-paint-${createHash("sha256").update(code).digest("base64url").slice(0, 8)}.js`;
      if (!inline) this.emitFile({ type: "asset", fileName, source: code });
    },
    transformIndexHtml: () => [
      { tag: "script", injectTo: "head", ...(inline ? { children: code } : { attrs: { src: `./${fileName}` } }) },
    ],
  };
}
