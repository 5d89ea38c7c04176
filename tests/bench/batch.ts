// How long the chapter "Your own batch" takes for a large one, 64 × 50,257 float32 in a .npy of 13 MB: from the moment
// that the file is chosen until the verdict stands, and until the first progress; and how much memory the page takes for
// it, above what it takes empty. Then how its table of 65,536 samples scrolls. ./build.sh batch
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "@playwright/test";
import { npy } from "../e2e/npy.ts";
import { launchChromium } from "../e2e/playwright-driver.ts";
import { openSite } from "../e2e/site.ts";

const RUNS = 5;
const FRAMES = 120;
const FRAME = 1000 / 60;
const MB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), "celoss-"));
const browser = await launchChromium();
const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
console.log(`Medians of ${RUNS}. ${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}`);
console.log("| batch | file, MB | verdict, ms | memory, MB | times the file |\n| --- | --- | --- | --- | --- |");
for (const [what, N, C, place] of [
  ["64 × 50,257", 64, 50257, "http"],
  ["64 × 50,257, site/", 64, 50257, "site"],
  ["65,536 × 10", 65536, 10, "http"],
] as const) {
  const files = batch(N, C);
  const size = files.reduce((sum, path) => sum + readFileSync(path).length, 0) / MB;
  const runs: { verdict: number; memory: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await opened(site.url(place, "?lang=en&step=batch"));
    runs.push(await judged(page, files));
    await page.close();
  }
  const verdict = median(runs.map((run) => run.verdict));
  const memory = median(runs.map((run) => run.memory)) / MB;
  const cells = [what, size.toFixed(1), verdict.toFixed(0), memory.toFixed(1), (memory / size).toFixed(1)];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`Scrolled for ${FRAMES} frames, a table of 65,536 samples drew ${await scrolled()} of them late.`);
await browser.close();
await site.close();
rmSync(folder, { recursive: true });

/** Logits that are right more often than not, and their labels, as two files. */
function batch(N: number, C: number): string[] {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const logits = Float32Array.from({ length: N * C }, () => 4 * random() - 2);
  const labels = BigInt64Array.from({ length: N }, () => BigInt(Math.floor(random() * C)));
  for (const [n, label] of labels.entries()) logits[n * C + Number(label)] = 12 * random();
  const paths = [join(folder, "logits.npy"), join(folder, "labels.npy")];
  writeFileSync(paths[0] ?? "", npy("<f4", [N, C], logits));
  writeFileSync(paths[1] ?? "", npy("<i8", [N], labels));
  return paths;
}

async function opened(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  await page.locator("input[type=file]").waitFor({ state: "attached", timeout: 60_000 });
  // The engine has started with the smallest batch, and is empty again.
  await page.getByRole("button", { name: "the note’s batch" }).click();
  await page.locator(".verdict-sentence").waitFor();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.waitForTimeout(500);
  return page;
}

async function judged(page: Page, files: readonly string[]): Promise<{ verdict: number; memory: number }> {
  const pid = await rendererOf(browser);
  const before = resident(pid, "VmRSS");
  writeFileSync(`/proc/${pid}/clear_refs`, "5"); // the peak counts from here
  const chooser = page.locator("input[type=file]");
  await chooser.evaluate((input) => input.addEventListener("change", () => performance.mark("chosen")));
  await chooser.setInputFiles([...files]);
  const verdict = await chooser.evaluate(async (input) => {
    const root = input.getRootNode() as ShadowRoot;
    while (root.querySelector(".verdict-sentence") === null) await new Promise(requestAnimationFrame);
    return performance.now() - (performance.getEntriesByName("chosen")[0]?.startTime ?? Number.NaN);
  });
  return { verdict, memory: resident(pid, "VmHWM") - before };
}

/** The process that draws the page, and runs its worker: the largest of those that draw. */
async function rendererOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  return renderers.sort((a, b) => resident(b, "VmRSS") - resident(a, "VmRSS"))[0] ?? 0;
}

/** Bytes that a process has in memory now (VmRSS), or had at most (VmHWM). */
function resident(pid: number, what: "VmRSS" | "VmHWM"): number {
  const [, kilobytes = ""] = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

async function scrolled(): Promise<number> {
  const page = await opened(site.url("http", "?lang=en&step=batch"));
  await judged(page, batch(65536, 10));
  const late = await page.locator(".samples-scroll").evaluate(async (scroller, frames) => {
    scroller.scrollIntoView();
    const times: number[] = [];
    for (let frame = 0; frame <= frames; frame++) {
      times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
      scroller.scrollTop += 400;
    }
    return times.slice(1).map((time, i) => time - (times[i] ?? 0));
  }, FRAMES);
  await page.close();
  return late.filter((time) => time > 1.5 * FRAME).length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
