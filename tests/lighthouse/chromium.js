// Chromium for Lighthouse, and the page on a server of its own.
import { fileURLToPath } from "node:url";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { program } from "../../web/programs.mjs";
import { openSite } from "../e2e/site.ts";

// Root has no sandbox in Chromium.
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

/** Calls a task with a function that audits the page at a place, and cleans up. */
export async function withLighthouse(task) {
  const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
  const chromePath = program("chromium", "chromium", "chromium-browser", "google-chrome");
  const chrome = await launch({ chromePath, chromeFlags, logLevel: "error" });
  try {
    await task(async (place, address, formFactor, flags) => {
      const config = formFactor === "desktop" ? desktopConfig : undefined;
      const options = { port: chrome.port, output: "json", logLevel: "error", ...flags };
      const { lhr } = await lighthouse(site.url(place, address), options, config);
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      return lhr;
    });
  } finally {
    chrome.kill();
    await site.close();
  }
}
