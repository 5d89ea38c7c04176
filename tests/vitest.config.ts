import { defineConfig } from "vitest/config";
import { celossWasm } from "../web/vite.celoss-wasm.ts";

export default defineConfig({
  plugins: [celossWasm()],
  test: {
    include: ["web/**/*.test.ts"],
    benchmark: { include: ["bench/**/*.bench.ts"] },
    testTimeout: 60_000, // a machine that has others to serve is slow, not wrong
  },
});
