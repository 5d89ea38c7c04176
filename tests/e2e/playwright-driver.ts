// Chromium and Firefox, driven by Playwright.
import { type Browser, type BrowserContextOptions, chromium, type Frame, firefox, type Page } from "@playwright/test";
import { chromiumToLaunch, program } from "../../web/programs.mjs";
import { Driver, emptyStorage, listener } from "./driver.ts";
import { framed, type Place, type Site } from "./site.ts";

export function launchChromium(): Promise<Browser> {
  return chromium.launch(chromiumToLaunch());
}

export function launchFirefox(): Promise<Browser> {
  const executablePath = program("firefox-esr", "firefox-esr", "firefox");
  // Firefox takes this as a preference only, not from the context.
  return firefox.launch({ channel: "moz-firefox", executablePath, firefoxUserPrefs: { "ui.prefersReducedMotion": 1 } });
}

/** What a reader has set in system and browser. */
export type Reader = { locale: string } & Pick<BrowserContextOptions, "colorScheme">;

const viewport = { width: 1280, height: 900 };

/** Browsers keep 50 entries of a page's history and no more, and tests count them. */
const LONG_HISTORY = 20;

/** The pages of a browser. A new one takes longer than loading ours does, so a test leaves its page to the next. */
export class Pages {
  private readonly left = new Map<string, Page>();

  constructor(private readonly browser: Browser) {}

  async take(reader: Reader): Promise<Page> {
    const key = JSON.stringify(reader);
    const page = this.left.get(key);
    this.left.delete(key);
    if (page) {
      if ((await page.evaluate(() => history.length)) < LONG_HISTORY) return page;
      await page.context().close();
    }
    const context = await this.browser.newContext({ viewport, reducedMotion: "reduce", ...reader });
    await context.addInitScript({ content: listener });
    return context.newPage();
  }

  async leave(page: Page, reader: Reader): Promise<void> {
    await page.goto("about:blank");
    await page.mouse.move(0, 0);
    await page.setViewportSize(viewport);
    this.left.set(JSON.stringify(reader), page);
  }
}

/** Firefox lays out what has arrived of the page, and misses the rest of a formula that is still on its way. */
const unfinishedFormula = /^Incorrect number of children for <m\w+\/> tag\.$/;

export class PlaywrightDriver extends Driver {
  private readonly logged: string[] = [];
  private readonly requested: string[] = [];
  private frame: Frame;
  protected readonly isAudited: boolean;

  private constructor(
    site: Site,
    place: Place,
    policy: string,
    private readonly page: Page,
    private readonly leave: (page: Page) => Promise<void>,
  ) {
    super(site, place, policy);
    this.frame = page.mainFrame();
    this.isAudited = this.isChromium();
    page.on("console", (message) => {
      if (message.type() === "error" && !unfinishedFormula.test(message.text())) this.logged.push(message.text());
    });
    page.on("pageerror", (error) => this.logged.push(error.message));
    page.on("request", (request) => this.requested.push(request.url()));
  }

  static async create(pages: Pages, site: Site, place: Place, policy: string, reader: Reader): Promise<Driver> {
    return new PlaywrightDriver(site, place, policy, await pages.take(reader), (page) => pages.leave(page, reader));
  }

  private isChromium(): boolean {
    return this.page.context().browser()?.browserType() === chromium;
  }

  protected async load(url: string): Promise<void> {
    this.logged.length = 0;
    this.requested.length = 0;
    await this.page.goto(url);
    const [main, inner] = this.page.frames();
    this.frame = (framed(this.place) ? inner : main) ?? this.page.mainFrame();
  }

  protected run(expression: string): Promise<unknown> {
    return this.frame.evaluate(expression);
  }

  protected moveTo(x: number, y: number): Promise<void> {
    return this.page.mouse.move(x, y);
  }

  protected pressMouse(): Promise<void> {
    return this.page.mouse.down();
  }

  protected releaseMouse(): Promise<void> {
    return this.page.mouse.up();
  }

  protected async touch(x: number, y: number): Promise<void> {
    if (!this.isChromium()) return this.page.mouse.click(x, y);
    // Playwright's own tap wants a device without a mouse.
    const protocol = await this.page.context().newCDPSession(this.page);
    await protocol.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    await protocol.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await protocol.detach();
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  resize(width: number, height: number): Promise<void> {
    return this.page.setViewportSize({ width, height });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async errors(): Promise<string[]> {
    return [...this.logged, ...((await this.run("errorsOnPage")) as string[])];
  }

  async requests(): Promise<string[]> {
    return this.requested;
  }

  async close(): Promise<void> {
    for (const event of ["console", "pageerror", "request"] as const) this.page.removeAllListeners(event);
    await this.run(emptyStorage);
    await this.leave(this.page);
  }
}
