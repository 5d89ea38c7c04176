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
    // Only Chromium measures layout shift, and only its driver prints.
    { name: "firefox", testIgnore: ["arrival.spec.ts", "print.spec.ts"], use: { engine: "firefox" } },
    { name: "webkit", testIgnore: ["arrival.spec.ts", "print.spec.ts"], use: { engine: "webkit" } },
  ],
});
