import { defineConfig } from "vitest/config";
import { wasmGlue } from "../web/vite.wasm-glue.ts";

export default defineConfig({
  plugins: [wasmGlue()],
  test: {
    include: ["web/**/*.test.ts"],
    benchmark: { include: ["bench/**/*.bench.ts"] },
    testTimeout: 60_000, // a machine that has others to serve is slow, not wrong
  },
});
