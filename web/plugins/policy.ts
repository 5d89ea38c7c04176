// The content security policy of a page: it names exactly the scripts and styles that are there.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { changePages } from "./change-files.ts";

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function inlined(html: string, tag: "script" | "style"): string[] {
  return [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))].flatMap(([, body]) =>
    body ? [hash(body)] : [],
  );
}

function policy(html: string): string {
  // Scripts and styles in files of their own, and then the WebAssembly is a file too. What scripts have in their strings
  // are no tags: ours has the tags of snippets there.
  const files = /<script[^>]* src=/.test(html.replace(/(<script[^>]*>)[\s\S]*?<\/script>/g, "$1")) ? ["'self'"] : [];
  return [
    "default-src 'none'",
    `script-src ${[...files, ...inlined(html, "script"), "'wasm-unsafe-eval'"].join(" ")}`,
    `style-src ${[...files, ...inlined(html, "style")].join(" ")}`,
    ...files.map((source) => `connect-src ${source}`),
    "img-src data: blob:",
    `worker-src ${[...files, "blob:"].join(" ")}`,
    "frame-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

export function policyPlugin(): Plugin {
  return changePages("policy", (html) =>
    html.replace("<!-- policy -->", `<meta http-equiv="Content-Security-Policy" content="${policy(html)}">`),
  );
}
