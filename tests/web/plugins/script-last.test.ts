import { expect, it } from "vitest";
import { scriptLastPlugin } from "../../../web/plugins/script-last.ts";
import { changed } from "./change-files.ts";

const script = "const price = '$&'; const literal = `$1`; const tag = `<script src=x>`;";
const inlined = `<script type="module" crossorigin>${script}</script>`;
const last = `<script async type="module" crossorigin>${script}</script>`;
const body = "<body><cross-entropy-demo>Story</cross-entropy-demo>";

it("puts an inlined script behind the content, as it was", () => {
  const page = `<head><title>T</title>\n${inlined}\n</head>${body}</body>`;
  expect(changed(scriptLastPlugin(), "index.html", page)).toBe(
    `<head><title>T</title>\n</head>${body}${last}\n</body>`,
  );
});

it("does not let it wait for chunks that are text", () => {
  const text = '<script type="text/plain" data-chunk="dialogs">later</script>\n';
  expect(changed(scriptLastPlugin(), "index.html", `<head>${inlined}</head>${body}${text}</body>`)).toBe(
    `<head></head>${body}${last}\n${text}</body>`,
  );
});

it("leaves a script in a file of its own where it is", () => {
  const page = `<head><script type="module" crossorigin src="./a.js"></script></head>${body}</body>`;
  expect(changed(scriptLastPlugin(), "index.html", page)).toBe(page);
});
