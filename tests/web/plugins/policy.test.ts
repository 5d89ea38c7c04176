import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { policyPlugin } from "../../../web/plugins/policy.ts";
import { changed } from "./change-files.ts";

const style = "p { color: red }";
const script = "const price = '$&'; const literal = `$1`; const tag = `<script src=x>`;";
const page = `<head><!-- policy --><style>${style}</style>
<script type="module" crossorigin>${script}</script>
</head><body><cross-entropy-demo>Story</cross-entropy-demo></body>`;

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("policyPlugin", () => {
  const html = changed(policyPlugin(), "index.html", page);

  it("allows exactly the scripts and styles that are there, and no connection", () => {
    const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? [];
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)} 'wasm-unsafe-eval'`,
      `style-src ${hash(style)}`,
      "img-src data: blob:",
      "worker-src blob:",
      "frame-src blob:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("allows files of their own where scripts and styles are such, the WebAssembly too, and what is still inlined", () => {
    const [, policy = ""] =
      /content="([^"]+)">/.exec(
        changed(
          policyPlugin(),
          "index.html",
          `<head><!-- policy --><script>${script}</script><script type="module" crossorigin src="./a.js"></script>
<link rel="stylesheet" href="./a.css"></head><body></body>`,
        ),
      ) ?? [];
    expect(policy.split("; ").slice(0, 4)).toEqual([
      "default-src 'none'",
      `script-src 'self' ${hash(script)} 'wasm-unsafe-eval'`,
      "style-src 'self'",
      "connect-src 'self'",
    ]);
  });

  it("touches no other files", () => {
    expect(changed(policyPlugin(), "celoss.js", page)).toBe(page);
  });
});
