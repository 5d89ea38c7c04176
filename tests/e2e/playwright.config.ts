import { defineConfig } from "@playwright/test";
import type { Engine } from "./fixtures.ts";

export default defineConfig<object, { engine: Engine }>({
  testDir: ".",
  outputDir: "../../build/e2e",
  reporter: [["dot"], ["json", { outputFile: "../../build/results/e2e.json" }]],
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  projects: [
    { name: "chromium", use: { engine: "chromium" } },
    // Only Chromium's driver prints.
    { name: "firefox", use: { engine: "firefox" }, testIgnore: "print.spec.ts" },
    { name: "webkit", use: { engine: "webkit" }, testIgnore: "print.spec.ts" },
  ],
});
