// celoss beside its peers in Chromium. ./build.sh peers-chromium
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { print } from "./table.js";

const server = await createServer({
  configFile: false,
  logLevel: "warn",
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  cacheDir: "build/peers",
  appType: "mpa",
  // It looks for its WebAssembly beside itself.
  optimizeDeps: { entries: ["tests/bench/peers/page.html"], exclude: ["onnxruntime-web"] },
  server: { host: "127.0.0.1", hmr: false, watch: null },
});
await server.listen();
const { launchChromium } = await server.ssrLoadModule("/tests/e2e/playwright-driver.ts");
const browser = await launchChromium();
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error));
await page.goto(`${server.resolvedUrls.local[0]}tests/bench/peers/page.html`);
await page.waitForFunction("globalThis.compare");
print(await page.evaluate("compare()"), `Chromium ${browser.version()}`);
await browser.close();
await server.close();
