// The results as Markdown.
import { readFileSync } from "node:fs";
import { cpus, platform, release } from "node:os";

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const titles = {
  "forward, api": "Forward; arrays of JavaScript in, a number out",
  "gradient, api": "Forward and gradient; arrays of JavaScript in and out",
  "forward, resident": "Forward; logits in the memory of each",
  "gradient, resident": "Forward and gradient; logits and gradient in the memory of each",
};

/** engine: what ran them, with its version. */
export function print({ rows, failures, peers }, engine) {
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  console.log(`${engine}, ${cpus()[0].model}, ${platform()} ${release()}; ${versions.join(", ")}.\n
The mean cross-entropy of float32 logits: how long celoss takes per logit, and how many times longer the others take
(median of rounds in turn, one thread each). The best of them is bold; those with * return Infinity where a probability
underflows.`);
  for (const [key, title] of Object.entries(titles)) {
    const table = rows.filter(({ operation, mode }) => `${operation}, ${mode}` === key);
    const columns = peers.filter(({ name }) => table.some(({ ratios }) => name in ratios));
    const headers = columns.map(({ name, unsafe }) => (unsafe ? `${name}*` : name));
    console.log(`\n### ${title}\n`);
    console.log(line("N x C", "celoss, ns", "a call, us", ...headers));
    console.log(line("---", "---:", "---:", ...headers.map(() => "---:")));
    for (const { N, C, nanoseconds, ratios } of table) {
      const best = Math.min(...Object.values(ratios));
      const cells = columns.map(({ name }) => {
        if (!(name in ratios)) return "";
        const ratio = `${digits(ratios[name], 2)}x`;
        return ratios[name] === best ? `**${ratio}**` : ratio;
      });
      const call = (nanoseconds * N * C) / 1000;
      console.log(line(`${N} x ${C}`, digits(nanoseconds, 3), digits(call, 3), ...cells));
    }
  }
  for (const failure of failures) console.error(`could not be run: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

const line = (...cells) => `| ${cells.join(" | ")} |`;
const digits = (value, count) => String(Number(value.toPrecision(count)));
