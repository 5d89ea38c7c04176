import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { oneFilePlugin } from "../../../web/plugins/one-file.ts";

const style = "p { color: red }";
const script = "const price = '$&'; const literal = `$1`;";
const page = `<head><!-- policy --><style>${style}</style>
<script type="module" crossorigin>${script}</script>
</head><body><cross-entropy-demo>Story</cross-entropy-demo></body>`;

/** The page after the plugin. */
function finished(fileName: string, source: string): string {
  const { generateBundle } = oneFilePlugin() as unknown as {
    generateBundle: { handler(options: object, bundle: object): void };
  };
  const file = { type: "asset", fileName, source };
  generateBundle.handler({}, { [fileName]: file });
  return file.source;
}

const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("oneFilePlugin", () => {
  const html = finished("index.html", page);

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

  it("puts the script behind the content, as it was", () => {
    expect(html).toMatch(
      /<head><meta [^>]*><style>[^<]*<\/style>\s*<\/head><body><cross-entropy-demo>Story<\/cross-entropy-demo>/,
    );
    expect(html.endsWith(`</cross-entropy-demo><script type="module" crossorigin>${script}</script>\n</body>`)).toBe(
      true,
    );
  });

  it("touches no other files", () => {
    expect(finished("celoss.js", page)).toBe(page);
  });
});
