// What an edit costs the main thread of Chromium, counted and timed from its trace.
import type { Browser, Locator, Page } from "@playwright/test";

/** The examples that are edited, as addresses: the note's, and the largest there is. */
export const SIZES = {
  "3 × 3": "?lang=en",
  "8 × 10": `?lang=en#x=${Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 10 }, (_, column) => (row - column) / 2).join(","),
  ).join(";")}&y=0,1,2,3,4,5,6,7`,
} as const;

/** Of one edit; times are milliseconds of the thread, which other programs do not lengthen. */
export interface Cost {
  recalculations: number;
  /** Whose style was calculated again. */
  elements: number;
  layouts: number;
  /** Layouts that begin at the root of the page, and not at a box that keeps its size. */
  whole: number;
  /** Boxes that had to be laid out again. */
  boxes: number;
  style: number;
  layout: number;
  paint: number;
  script: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: {
    readonly elementCount?: number;
    readonly beginData?: { readonly frame: string; readonly dirtyObjects: number; readonly partialLayout: boolean };
  };
}

const PAINT = ["PrePaint", "Paint", "Layerize", "Commit"];
const SCRIPT = ["FunctionCall", "RunMicrotasks", "FireAnimationFrame"];

/** Opens the page, and puts the focus into the first number of x. */
export async function openForEdits(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  await page.locator("[data-settled]").waitFor({ timeout: 60_000 });
  await page.getByRole("textbox", { name: "x, sample 0, class 0" }).click();
  await page.waitForTimeout(500); // what answers to the click is over
  return page;
}

/** How a reader edits, again and again. */
export interface Gesture {
  /** What is no part of an edit. */
  prepare(): Promise<unknown>;
  edit(index: number): Promise<unknown>;
}

/** One digit after another over the number that has the focus. */
export function typing({ keyboard }: Page): Gesture {
  return {
    prepare: () => keyboard.press("Control+a"),
    edit: (index) => keyboard.press(String(1 + (index % 9))),
  };
}

/** A number of x that does not have the focus, by a step with every move. */
export function dragNumber(page: Page): Promise<Gesture> {
  return dragging(page, page.getByRole("textbox", { name: "x, sample 1, class 1" }), 6);
}

/** The handle of the first figure. */
export function dragHandle(page: Page): Promise<Gesture> {
  return dragging(page, page.getByRole("slider"), 12);
}

/** To the right and back, by that many pixels at a time. */
async function dragging({ mouse }: Page, what: Locator, pixels: number): Promise<Gesture> {
  await what.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await what.boundingBox()) ?? {};
  const [left, top] = [x + width / 2, y + height / 2];
  await mouse.move(left, top);
  await mouse.down();
  return {
    prepare: async () => {},
    edit: (index) => mouse.move(left + pixels * (10 - Math.abs(10 - ((index + 1) % 20))), top),
  };
}

/** Resolves when what was changed is drawn. */
export function drawn(page: Page): Promise<unknown> {
  return page.evaluate("new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))");
}

/** Edits as often as count says; an edit lasts until wait is over. */
export async function measure(
  page: Page,
  gesture: Gesture,
  count: number,
  wait: () => Promise<unknown>,
): Promise<Cost[]> {
  const protocol = await page.context().newCDPSession(page);
  const { frameTree } = await protocol.send("Page.getFrameTree");
  const events: TraceEvent[] = [];
  protocol.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ["devtools.timeline", "blink.user_timing"];
  await protocol.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  for (let edit = 0; edit < count; edit++) {
    await gesture.prepare();
    await drawn(page);
    await page.evaluate("performance.mark('edit')");
    await gesture.edit(edit);
    await wait();
    await page.evaluate("performance.mark('edited')");
  }
  const complete = new Promise((resolve) => protocol.once("Tracing.tracingComplete", resolve));
  await protocol.send("Tracing.end");
  await complete;
  await protocol.detach();
  const marks = (name: string) => events.filter((event) => event.name === name).sort((a, b) => a.ts - b.ts);
  const ends = marks("edited");
  // With every new address Chromium draws the icon of the page again, which is a document of its own.
  const isOurs = ({ args }: TraceEvent) => (args.beginData?.frame ?? frameTree.frame.id) === frameTree.frame.id;
  return marks("edit").map((start, edit) => {
    const { pid, tid, ts } = start;
    const end = ends[edit]?.ts ?? 0;
    const isIts = (event: TraceEvent) => event.pid === pid && event.tid === tid && event.ts > ts && event.ts < end;
    return cost(events.filter((event) => isIts(event) && isOurs(event)));
  });
}

function cost(events: readonly TraceEvent[]): Cost {
  const named = (...names: string[]) => events.filter(({ name, ph }) => ph === "X" && names.includes(name));
  const styles = named("UpdateLayoutTree");
  const layouts = named("Layout");
  return {
    recalculations: styles.length,
    elements: sum(styles.map(({ args }) => args.elementCount ?? 0)),
    layouts: layouts.length,
    whole: layouts.filter(({ args }) => args.beginData?.partialLayout === false).length,
    boxes: sum(layouts.map(({ args }) => args.beginData?.dirtyObjects ?? 0)),
    style: time(styles),
    layout: time(layouts),
    paint: time(named(...PAINT)),
    script: time(named(...SCRIPT)) - time(styles.concat(layouts).filter((inner) => isIn(inner, named(...SCRIPT)))),
  };
}

/** All that an edit asks of the main thread. */
export function timeOf({ style, layout, paint, script }: Cost): number {
  return style + layout + paint + script;
}

/** In milliseconds, what is inside of another only once. */
function time(events: readonly TraceEvent[]): number {
  const outer = events.filter((event) => !isIn(event, events));
  return sum(outer.map(({ tdur = 0 }) => tdur)) / 1000;
}

function isIn(event: TraceEvent, others: readonly TraceEvent[]): boolean {
  const end = event.ts + (event.dur ?? 0);
  return others.some((other) => other !== event && other.ts <= event.ts && end <= other.ts + (other.dur ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Of each number the median. */
export function median(costs: readonly Cost[]): Cost {
  const middle = (name: keyof Cost) => costs.map((cost) => cost[name]).sort((a, b) => a - b)[costs.length >> 1] ?? 0;
  const names = Object.keys(costs[0] ?? {}) as (keyof Cost)[];
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as unknown as Cost;
}
