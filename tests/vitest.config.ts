import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { addressPlugin } from "../web/plugins/address.ts";
import { engineInline, grammarAlone } from "../web/plugins/engine.ts";
import { formulasPlugin } from "../web/plugins/formulas.ts";
import { inlinedWasm } from "../web/plugins/wasm-binary.ts";
import { chromiumToLaunch } from "../web/programs.mjs";
import { wasmGlue } from "../web/vite.wasm-glue.ts";

/** What draws or measures is tested in a browser. */
const inBrowser = ["web/elements/**/*.test.ts", "web/export/svg.test.ts", "web/lab/thread.test.ts"];

const shared = {
  testTimeout: 60_000, // a machine that has others to serve is slow, not wrong
};

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [wasmGlue(), grammarAlone()],
        test: {
          ...shared,
          name: "node",
          include: ["web/**/*.test.ts"],
          exclude: inBrowser,
          benchmark: { include: ["bench/**/*.bench.ts"] },
        },
      },
      {
        plugins: [
          wasmGlue(),
          inlinedWasm(new URL("../build/wasm/", import.meta.url)),
          formulasPlugin(),
          addressPlugin(null),
          engineInline(),
        ],
        server: { fs: { allow: [fileURLToPath(new URL("..", import.meta.url))] } },
        test: {
          ...shared,
          name: "browser",
          include: inBrowser,
          benchmark: { include: [] },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumToLaunch() }),
            instances: [{ browser: "chromium", viewport: { width: 1280, height: 900 } }],
          },
        },
      },
    ],
  },
});
