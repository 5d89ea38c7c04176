// How fast the page arrives, as a table: Lighthouse's performance score, and the time from the arrival of its script to a
// live page that answers, with a processor slowed down 4 times. Medians of 5 runs. ./build.sh arrival
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../e2e/playwright-driver.ts";
import { openSite } from "../e2e/site.ts";
import { withLighthouse } from "./chromium.js";

const RUNS = 5;
const SLOWER = 4;

const builds = [
  ["index.html", "http"],
  ["site/", "site"],
];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function repeat(task) {
  const results = [];
  for (let run = 0; run < RUNS; run++) results.push(await task());
  return results;
}

/** Runs in the page before anything of it: marks when the core is there, when the opening figure is drawn, and when it
 * has answered to a click. */
function watch() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...parameters) => {
    performance.mark("bytes");
    const result = await instantiate(...parameters);
    performance.mark("core");
    return result;
  };
  const loss = () =>
    document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".opening output")?.textContent;
  const answered = (before) => {
    if (loss() === before) setTimeout(answered, 0, before);
    else performance.mark("answer");
  };
  const drawn = () => {
    const opening = document.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".opening");
    if (!opening?.querySelector(".loss-axis")) return requestAnimationFrame(drawn);
    performance.mark("drawn");
    const before = loss();
    opening.querySelector("input[value=plain]").click();
    answered(before);
  };
  requestAnimationFrame(drawn);
}

/** The marks, in milliseconds since the script had been downloaded: with the document, or as a file of its own. */
async function marks() {
  while (performance.getEntriesByName("answer").length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const script = performance.getEntriesByType("resource").find(({ name }) => /index-[^/]*\.js$/.test(name));
  const { responseEnd } = script ?? performance.getEntriesByType("navigation")[0];
  const since = (name) => performance.getEntriesByName(name)[0].startTime - responseEnd;
  return {
    paint: since("first-contentful-paint"),
    bytes: since("bytes"),
    core: since("core"),
    drawn: since("drawn"),
    answer: since("answer"),
  };
}

async function timeToAnswer(place) {
  const browser = await launchChromium();
  const site = await openSite(fileURLToPath(new URL("../../dist", import.meta.url)));
  const runs = await repeat(async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const protocol = await page.context().newCDPSession(page);
    await protocol.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(watch);
    await page.goto(site.url(place, "?lang=en"));
    const times = await page.evaluate(marks);
    await page.close();
    return times;
  });
  await browser.close();
  await site.close();
  return Object.fromEntries(
    Object.keys(runs[0]).map((name) => [name, Math.round(median(runs.map((run) => run[name])))]),
  );
}

const rows = [];
await withLighthouse(async (audit) => {
  for (const [build, place] of builds) {
    const scores = { mobile: 0, desktop: 0 };
    for (const formFactor of Object.keys(scores)) {
      const settings = { onlyCategories: ["performance"] };
      const runs = await repeat(() => audit(place, "?lang=en", formFactor, settings));
      scores[formFactor] = Math.round(100 * median(runs.map(({ categories }) => categories.performance.score)));
    }
    const { paint, bytes, core, drawn, answer } = await timeToAnswer(place);
    rows.push([build, scores.mobile, scores.desktop, paint, bytes, core, drawn, answer]);
  }
});

const columns = ["build", "mobile", "desktop", "first paint", "bytes inflated", "core runs", "figure drawn", "answers"];
console.log(
  `Lighthouse performance; then ms since the script's arrival, ${SLOWER} × slower. ${cpus()[0].model}, Node ${process.version}`,
);
for (const row of [columns, columns.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);
process.exit(); // Lighthouse leaves things open that would keep Node waiting
