// WebKit, driven by WebDriver.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { Key, Origin, type WebDriver } from "selenium-webdriver";
import { Driver, emptyStorage } from "./driver.ts";
import { framed, type Place, type Site } from "./site.ts";
import type { WebKit } from "./webkit.ts";

/** WebDriver's codes of the keys that are no characters, by KeyboardEvent.key. */
const keys: Record<string, string> = {
  Alt: Key.ALT,
  ArrowDown: Key.ARROW_DOWN,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  Backspace: Key.BACK_SPACE,
  Control: Key.CONTROL,
  Delete: Key.DELETE,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  PageDown: Key.PAGE_DOWN,
  PageUp: Key.PAGE_UP,
  Shift: Key.SHIFT,
  Tab: Key.TAB,
};

export class WebDriverDriver extends Driver {
  protected readonly isAudited = false;
  private readonly browser: WebDriver;

  private constructor(
    site: Site,
    place: Place,
    policy: string,
    private readonly webkit: WebKit,
  ) {
    super(site, place, policy);
    this.browser = webkit.browser;
  }

  static async create(webkit: WebKit, site: Site, place: Place, policy: string): Promise<Driver> {
    const driver = new WebDriverDriver(site, place, policy, webkit);
    await driver.resize(1280, 900);
    return driver;
  }

  protected async load(url: string): Promise<void> {
    await this.browser.get(url);
    if (framed(this.place)) await this.browser.switchTo().frame(0);
  }

  protected run(expression: string): Promise<unknown> {
    return this.browser.executeScript(`return ${expression}`);
  }

  protected moveTo(x: number, y: number): Promise<void> {
    // WebDriver points at whole pixels.
    const point = { x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 };
    return this.browser.actions().move(point).perform();
  }

  protected pressMouse(): Promise<void> {
    return this.browser.actions().press().perform();
  }

  protected releaseMouse(): Promise<void> {
    return this.browser.actions().release().perform();
  }

  /** WebKitGTK's WebDriver has no fingers: the mouse stands in. */
  protected async touch(x: number, y: number): Promise<void> {
    await this.moveTo(x, y);
    await this.pressMouse();
    await this.releaseMouse();
  }

  press(key: string): Promise<void> {
    const codes = key.split("+").map((name) => keys[name] ?? name);
    const actions = this.browser.actions();
    for (const code of codes) actions.keyDown(code);
    for (const code of codes.reverse()) actions.keyUp(code);
    return actions.perform();
  }

  type(text: string): Promise<void> {
    return this.browser.actions().sendKeys(text).perform();
  }

  async resize(width: number, height: number): Promise<void> {
    await this.browser
      .manage()
      .window()
      .setRect({ width, height: height + this.webkit.toolbar });
    await this.eventually(async () => assert.deepEqual(await this.run("[innerWidth, innerHeight]"), [width, height]));
  }

  async screenshot(path: string): Promise<void> {
    writeFileSync(path, Buffer.from(await this.browser.takeScreenshot(), "base64"));
  }

  async errors(): Promise<string[]> {
    return (await this.run("errorsOnPage")) as string[];
  }

  async requests(): Promise<string[]> {
    const entries = 'performance.getEntries().filter((entry) => "initiatorType" in entry).map(({ name }) => name)';
    return (await this.run(entries)) as string[];
  }

  async close(): Promise<void> {
    await this.run(emptyStorage);
    await this.browser.switchTo().defaultContent();
    await this.browser.get("about:blank");
  }
}
