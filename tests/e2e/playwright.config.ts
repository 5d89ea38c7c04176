import { defineConfig } from "@playwright/test";
import type { Engine } from "./fixtures.ts";

/** What only Chromium does: it alone measures layout shift, and only its driver prints. */
const testIgnore = ["arrival.spec.ts", "edit.spec.ts", "print.spec.ts"];
const grepInvert = [
  // The whole story is walked in every engine from the disk, in a sandbox in one; what is tested besides is on a server.
  /story\.spec\.ts sandbox /,
  // What is text, names or structure before an engine draws it.
  /axe has nothing to say|never taken for markup|leaves out|formulas have all their parts/,
  // What Chromium has measured.
  /the table has the heights/,
  /gives every matrix|draws every step|draws in the colours|sandbox draws/,
];

export default defineConfig<object, { engine: Engine }>({
  testDir: ".",
  outputDir: "../../build/e2e",
  reporter: [["dot"], ["json", { outputFile: "../../build/results/e2e.json" }]],
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  projects: [
    { name: "chromium", use: { engine: "chromium" } },
    { name: "firefox", testIgnore, grepInvert, use: { engine: "firefox" } },
    { name: "webkit", testIgnore, grepInvert, use: { engine: "webkit" } },
  ],
});
