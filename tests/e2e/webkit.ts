// Starts WebKit: WebKitGTK's MiniBrowser, on a display of its own, with its WebDriver.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Builder, type WebDriver } from "selenium-webdriver";
import { program } from "../../web/programs.mjs";
import { listener } from "./driver.ts";

export interface WebKit {
  browser: WebDriver;
  /** A copy of dist/ whose pages listen for errors: the listener stands before the page's policy begins. */
  folder: string;
  /** How much higher the window is than the viewport. */
  toolbar: number;
  close(): Promise<void>;
}

export async function launchWebKit(dist: string): Promise<WebKit> {
  const scratch = mkdtempSync(join(tmpdir(), "celoss-webkit-"));
  const started: ChildProcess[] = [];
  const stop = () => {
    for (const child of started.reverse()) child.kill();
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once("exit", stop);

  const settings = join(scratch, "gtk-3.0");
  mkdirSync(settings);
  // The window has to become as narrow as a phone, whatever its toolbar wants.
  writeFileSync(join(settings, "gtk.css"), "window * { min-width: 0; padding: 0; margin: 0; border: 0; }");
  // WebKit reads this as the wish for reduced motion.
  writeFileSync(join(settings, "settings.ini"), "[Settings]\ngtk-enable-animations=0\n");

  const folder = join(scratch, "dist");
  cpSync(dist, folder, { recursive: true });
  // The example of somebody else has one page only.
  for (const name of ["index.html", "site/index.html"].filter((name) => existsSync(join(folder, name)))) {
    const page = readFileSync(join(folder, name), "utf8");
    writeFileSync(
      join(folder, name),
      page.replace("<head>", () => `<head><script>${listener}</script>`),
    );
  }

  const screen = ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"];
  const xvfb = spawn(program("xvfb", "Xvfb"), screen, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  started.push(xvfb);
  const display = await new Promise<string>((resolve, reject) => {
    (xvfb.stdio[3] as Readable).once("data", (number) => resolve(`:${String(number).trim()}`));
    xvfb.once("exit", (status) => reject(new Error(`Xvfb ended with status ${status}`)));
  });

  const port = await freePort();
  started.push(
    spawn(program("webkit2gtk-driver", "WebKitWebDriver"), [`--port=${port}`, "--host=127.0.0.1"], {
      env: { ...process.env, DISPLAY: display, XDG_CONFIG_HOME: scratch },
      stdio: "ignore",
    }),
  );
  const server = `http://127.0.0.1:${port}`;
  for (;;) {
    if (await fetch(`${server}/status`).catch(() => undefined)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const browser = await new Builder().usingServer(server).forBrowser("MiniBrowser").build();

  return {
    browser,
    folder,
    toolbar: await browser.executeScript<number>("return outerHeight - innerHeight"),
    async close() {
      await browser.quit();
      stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === "object" ? address.port : 0;
}
