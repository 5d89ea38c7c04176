// First the package is packed and installed, and what needs it is built; then it is used.
import { defineConfig } from "@playwright/test";
import type { Engine } from "../e2e/fixtures.ts";

const dependencies = ["install"];

export default defineConfig<object, { engine: Engine }>({
  testDir: ".",
  outputDir: "../../build/package-tests",
  reporter: [["dot"], ["json", { outputFile: "../../build/results/package.json" }]],
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  projects: [
    { name: "install", testMatch: "install.spec.ts" },
    { name: "node", testMatch: "{node,bundlers,cli}.spec.ts", dependencies },
    { name: "chromium", testMatch: "pages/*.spec.ts", use: { engine: "chromium" }, dependencies },
    { name: "firefox", testMatch: "pages/{html,vitepress}.spec.ts", use: { engine: "firefox" }, dependencies },
    { name: "webkit", testMatch: "pages/{html,vitepress}.spec.ts", use: { engine: "webkit" }, dependencies },
  ],
});
