// What the story needs of a browser. Everything on the page is found by what a person knows it by, see finder.ts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Finder, makeFinder, type Name, type Target } from "./finder.ts";
import type { Place, Site } from "./site.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Collects what goes wrong on a page, and counts how often it starts WebAssembly. It has to run before anything of it. */
export const listener = `if (!globalThis.errorsOnPage) {
  const errors = globalThis.errorsOnPage = [];
  addEventListener("error", (event) => errors.push(event.message));
  addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, lineNumber }) =>
    errors.push(\`policy: \${violatedDirective} blocked \${blockedURI} in line \${lineNumber}\`));
  const { error } = console;
  console.error = (...words) => {
    errors.push(words.join(" "));
    error.apply(console, words);
  };
  const { instantiate } = WebAssembly;
  globalThis.instancesOnPage = 0;
  WebAssembly.instantiate = (...parameters) => {
    globalThis.instancesOnPage++;
    return instantiate(...parameters);
  };
}`;

/** The next test must not find what this one has left behind. */
export const emptyStorage = "(() => { try { localStorage.clear(); sessionStorage.clear(); } catch {} })()";

/** How long to wait for the page to get where it should be, in milliseconds: long, for a machine that is busy. */
const patience = 20_000;

export abstract class Driver {
  constructor(
    private readonly site: Site,
    readonly place: Place,
    private readonly policy: string,
  ) {}

  // ---- What an engine brings ----

  /** Whether axe-core is asked: what its rules look at, roles, names and styles, is the same in every engine. */
  protected abstract readonly isAudited: boolean;

  /** Loads an address; scripts then run in the page itself, or in the frame of the place that is one. */
  protected abstract load(url: string): Promise<void>;
  /** Runs an expression in the page, waits if it is a promise. */
  protected abstract run(expression: string): Promise<unknown>;
  protected abstract moveTo(x: number, y: number): Promise<void>;
  protected abstract pressMouse(): Promise<void>;
  protected abstract releaseMouse(): Promise<void>;
  /** A finger, where the engine's driver has one. */
  protected abstract touch(x: number, y: number): Promise<void>;
  /** A key by its KeyboardEvent.key, with modifiers before it: "a", "ArrowLeft", "Control+Shift+z". */
  abstract press(key: string): Promise<void>;
  /** Types into whatever has the focus. */
  abstract type(text: string): Promise<void>;
  /** The size of the viewport. */
  abstract resize(width: number, height: number): Promise<void>;
  /** Saves what the viewport shows as PNG. */
  abstract screenshot(path: string): Promise<void>;
  /** What went wrong since the page was opened: exceptions, errors on the console, breaches of the policy. */
  abstract errors(): Promise<string[]>;
  /** The addresses of all requests since the page was opened, as far as the engine tells. */
  abstract requests(): Promise<string[]>;
  abstract close(): Promise<void>;

  // ---- What a reader does ----

  /** Opens the page, where it is this driver's business to open it; the address is what comes behind index.html. */
  async open(address = ""): Promise<void> {
    this.site.requests.length = 0;
    await this.load(this.site.url(this.place, address, this.policy));
    await this.run(`(() => { ${axeSource}; globalThis.finder = (${makeFinder})(axe); })()`);
  }

  /** Opens a page of somebody else's that has ours in it; what a reader does then happens there, outside of frames. */
  async openArticle(body: string): Promise<void> {
    this.site.requests.length = 0;
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>An article</title><link rel="icon" href="data:,">`;
    await this.load(
      this.site.host(
        `<!doctype html><html lang="en"><head><script>${listener}</script>${head}</head><body>${body}</body></html>`,
        this.policy,
      ),
    );
    await this.run(`(() => { ${axeSource}; globalThis.finder = (${makeFinder})(axe); })()`);
  }

  async click(target: Target): Promise<void> {
    await this.hover(target);
    await this.pressMouse();
    await this.releaseMouse();
  }

  async hover(target: Target): Promise<void> {
    const { x, y } = await this.find("point", target);
    await this.moveTo(x, y);
  }

  async tap(target: Target): Promise<void> {
    const { x, y } = await this.find("point", target);
    await this.touch(x, y);
  }

  /** Drags by a number of CSS pixels, in several moves as a hand does. */
  async drag(target: Target, right: number, down = 0): Promise<void> {
    const { x, y } = await this.find("point", target);
    await this.moveTo(x, y);
    await this.pressMouse();
    for (const part of [0.25, 0.5, 0.75, 1]) await this.moveTo(x + right * part, y + down * part);
    await this.releaseMouse();
  }

  /** Replaces what stands in a field. */
  async fill(target: Target, text: string): Promise<void> {
    await this.click(target);
    await this.press("Control+a");
    await (text === "" ? this.press("Delete") : this.type(text));
  }

  /** Pastes into whatever has the focus, from the real clipboard. */
  async paste(text: string): Promise<void> {
    await this.find("select", text);
    await this.press("Control+c");
    await this.find("deselect");
    await this.press("Control+v");
  }

  /** The paths that the server was asked for since the page was opened. */
  served(): string[] {
    return [...this.site.requests];
  }

  // ---- What a reader sees ----

  /** The text of a thing, or the value of the field it is or a cell has; white space counts as one space. */
  text(target: Target): Promise<string> {
    return this.find("text", target);
  }

  /** The cells of a named matrix (grid or table), row by row, without headers. */
  cells(matrix: Name, container?: Target): Promise<string[][]> {
    return this.find("cells", matrix, container);
  }

  attribute(target: Target, name: string): Promise<string | null> {
    return this.find("attribute", target, name);
  }

  /** Whether a radio button is the chosen one. */
  checked(target: Target): Promise<boolean> {
    return this.find("checked", target);
  }

  /** A property of how a thing is drawn, for what is shown without words. */
  style(target: Target, property: string): Promise<string> {
    return this.find("style", target, property);
  }

  /** The texts of everything visible that has a role, in the order of the page. */
  texts(role: string): Promise<string[]> {
    return this.find("texts", role);
  }

  /** The names of everything visible that has a role, in the order of the page. */
  names(role: string): Promise<string[]> {
    return this.find("names", role);
  }

  /** Role and name of what has the focus. */
  focused(): Promise<string> {
    return this.find("focused");
  }

  /** What axe-core has to complain about; nothing where it is not asked. */
  async violations(): Promise<string[]> {
    return this.isAudited ? this.find("violations") : [];
  }

  /** How many instances of WebAssembly the page has started. */
  instances(): Promise<number> {
    return this.run("instancesOnPage") as Promise<number>;
  }

  /** Runs a function in the page, for the rare thing that has neither role nor name. */
  async evaluate<Arguments extends unknown[], Result>(
    task: (...parameters: Arguments) => Result,
    ...parameters: Arguments
  ): Promise<Awaited<Result>> {
    return (await this.run(`(${task})(${parameters.map(toSource).join(", ")})`)) as Awaited<Result>;
  }

  /** Checks again and again until a check passes, for what takes its time. */
  async eventually<Result>(check: () => Promise<Result>): Promise<Result> {
    const deadline = Date.now() + patience;
    for (;;) {
      try {
        return await check();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  private find<Method extends keyof Finder>(
    method: Method,
    ...parameters: Parameters<Finder[Method]>
  ): Promise<Awaited<ReturnType<Finder[Method]>>> {
    const call = `finder.${method}(${parameters.map(toSource).join(", ")})`;
    return this.eventually(() => this.run(call)) as Promise<Awaited<ReturnType<Finder[Method]>>>;
  }
}

/** A value as JavaScript: JSON, and regular expressions. */
function toSource(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(toSource).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${toSource(part)}`)} }`;
  return String(JSON.stringify(value));
}
