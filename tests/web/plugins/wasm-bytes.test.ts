import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { wasmBytesPlugin } from "../../../web/plugins/wasm-bytes.ts";
import { wasmBinary } from "../api/core.ts";

const file = new URL("../../../build/wasm/celoss.wasm", import.meta.url);

describe("wasmBytesPlugin", () => {
  const { resolveId, load } = wasmBytesPlugin(file) as unknown as Record<
    "resolveId" | "load",
    (id: string) => string | null
  >;

  it("gives celoss.wasm as base64 of its deflated bytes", () => {
    const id = resolveId("virtual:celoss-wasm-bytes");
    const [, base64 = ""] = /^export const deflated = "([^"]+)";$/.exec(load(id ?? "") ?? "") ?? [];
    expect(inflateRawSync(Buffer.from(base64, "base64")).equals(wasmBinary)).toBe(true);
  });

  it("gives nothing else", () => {
    expect([resolveId("lit"), load("lit")]).toEqual([null, null]);
  });
});
