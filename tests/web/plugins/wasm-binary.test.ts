import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchedWasm, inlinedWasm } from "../../../web/plugins/wasm-binary.ts";
import { wasmBinary } from "../lab/core.ts";

type Hook = (id: string) => string | null;

const folder = new URL("../../../build/wasm/", import.meta.url);
const file = new URL("lab.wasm", folder);
const id = "virtual:lab-wasm-bytes";

/** What the page imports, run here; `url` stands for the address that Vite gives to the file. */
async function imported(plugin: object, url: string): Promise<() => Promise<ArrayBuffer>> {
  const { resolveId, load } = plugin as Record<"resolveId" | "load", Hook>;
  const code = (load(resolveId(id) ?? "") ?? "").replace(
    `import url from ${JSON.stringify(`${fileURLToPath(file)}?url`)};`,
    `const url = ${JSON.stringify(url)};`,
  );
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).wasmBinary;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ["inlined", inlinedWasm(folder)],
  ["fetched", fetchedWasm(folder)],
])("the WebAssembly, %s", (_, plugin) => {
  it("is lab.wasm", async () => {
    vi.stubGlobal("fetch", async (url: string) => new Response(await readFile(new URL(url))));
    const bytes = await (await imported(plugin, file.href))();
    expect(Buffer.from(bytes).equals(wasmBinary)).toBe(true);
  });

  it("is no other module", () => {
    const { resolveId, load } = plugin as unknown as Record<"resolveId" | "load", Hook>;
    expect([resolveId("lit"), load("lit")]).toEqual([null, null]);
  });
});

describe("the WebAssembly, fetched", () => {
  it("says what the server said instead", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 404, statusText: "Not Found" }));
    await expect((await imported(fetchedWasm(folder), "lab.wasm"))()).rejects.toThrow("lab.wasm: 404 Not Found");
  });
});
