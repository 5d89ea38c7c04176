// Playwright Test as the one runner: `driver` is a browser at the place that is being tested, whatever engine it has.
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import type { Driver } from "./driver.ts";
import { launchChromium, launchFirefox, Pages, PlaywrightDriver, type Reader } from "./playwright-driver.ts";
import { openSite, type Place } from "./site.ts";
import { WebDriverDriver } from "./webdriver-driver.ts";
import { launchWebKit } from "./webkit.ts";

export type Engine = "chromium" | "firefox" | "webkit";

/** One browser, for all tests of a worker. */
interface Session {
  newDriver(place: Place, policy: string, reader: Reader): Promise<Driver>;
  close(): Promise<void>;
}

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

async function openSession(engine: Engine, folder: string): Promise<Session> {
  if (engine === "webkit") {
    const webkit = await launchWebKit(folder);
    const site = await openSite(webkit.folder);
    return {
      newDriver: (place, policy) => WebDriverDriver.create(webkit, site, place, policy),
      async close() {
        await webkit.close();
        await site.close();
      },
    };
  }
  const browser = await (engine === "chromium" ? launchChromium() : launchFirefox());
  const pages = new Pages(browser);
  const site = await openSite(folder);
  return {
    newDriver: (place, policy, reader) => PlaywrightDriver.create(pages, site, place, policy, reader),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

interface TestFixtures {
  place: Place;
  /** The content security policy that the server sends; none if empty. */
  policy: string;
  driver: Driver;
}

interface WorkerFixtures {
  engine: Engine;
  /** What is served: index.html, and what it needs. */
  folder: string;
  session: Session;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ["chromium", { option: true, scope: "worker" }],
  folder: [dist, { option: true, scope: "worker" }],
  place: ["http", { option: true }],
  policy: ["", { option: true }],

  session: [
    async ({ engine, folder }, use) => {
      const session = await openSession(engine, folder);
      await use(session);
      await session.close();
    },
    { scope: "worker" },
  ],

  driver: async ({ session, place, policy, locale, colorScheme }, use, testInfo) => {
    const driver = await session.newDriver(place, policy, { locale: locale ?? "en-US", colorScheme });
    await use(driver);
    if (testInfo.status !== testInfo.expectedStatus) {
      const path = testInfo.outputPath("screen.png");
      await driver.screenshot(path);
      testInfo.attachments.push({ name: "screen", path, contentType: "image/png" });
    }
    await driver.close();
  },
});
