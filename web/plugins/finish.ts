// The last touches to the finished page, after everything has been bundled: an inlined script moves behind the
// fallback, and the content security policy names exactly the scripts and styles that are there.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const INLINED_MODULE = /<script type="module"(?![^>]* src=)[^>]*>[\s\S]*?<\/script>\s*/;

/** The script behind the body's content: there its texts stand next to the same texts of the fallback, and gzip, which
 * looks back 32 KB, stores them once (3 KB less). */
function scriptLast(html: string): string {
  const [script] = INLINED_MODULE.exec(html) ?? [];
  return script ? html.replace(script, "").replace("</body>", () => `${script.trim()}\n</body>`) : html;
}

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
    "worker-src blob:",
    "frame-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

export function finishPlugin(): Plugin {
  return {
    name: "finish",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const html = scriptLast(String(file.source));
          // Functions as replacements, because "$" has a meaning in a string and occurs in the bundle.
          file.source = html.replace(
            "<!-- policy -->",
            () => `<meta http-equiv="Content-Security-Policy" content="${policy(html)}">`,
          );
        }
      },
    },
  };
}
