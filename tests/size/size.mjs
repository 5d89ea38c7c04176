// What a reader downloads, against the committed numbers in sizes.json. With --update: commits today's numbers.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dist = new URL("../../dist/", import.meta.url);
const committedFile = new URL("sizes.json", import.meta.url);
const report = new URL("../../build/results/size.json", import.meta.url);

/** What must not be passed, whatever is committed; in KB of 1024 bytes. */
const limits = [
  { what: "index.html", files: ["index.html"], coding: "gzip", most: 112 },
  { what: "celoss.js with celoss.wasm", files: ["celoss.js", "celoss.wasm"], coding: "brotli", most: 30 },
];

/** The scripts of the page of several files; their names have hashes. */
const siteScripts = readdirSync(new URL("site/assets/", dist))
  .filter((name) => name.endsWith(".js"))
  .map((name) => `site/assets/${name}`);

const measured = Object.fromEntries(
  Object.entries({
    "index.html": ["index.html"],
    "celoss.js": ["celoss.js"],
    "celoss.wasm": ["celoss.wasm"],
    "lab.js": ["lab.js"],
    "lab.wasm": ["lab.wasm"],
    "cross-entropy-demo.js": ["cross-entropy-demo.js"],
    "site, scripts": siteScripts,
  }).map(([what, files]) => {
    const sum = (compress) =>
      files.reduce((total, file) => total + compress(readFileSync(new URL(file, dist))).length, 0);
    return [what, { gzip: sum((bytes) => gzipSync(bytes, { level: 9 })), brotli: sum(brotliCompressSync) }];
  }),
);

/** What is wrong with a size, if anything. A number that is far too high would let the next change grow unseen. */
function complaint(size, committed) {
  if (committed === undefined) return "has no committed number";
  if (size > committed) return `has grown by ${size - committed}`;
  if (size < committed * 0.99) return `has shrunk by ${committed - size}, which is more than 1 %`;
  return undefined;
}

function check() {
  const committed = JSON.parse(readFileSync(committedFile, "utf8"));
  const checks = Object.entries(measured).flatMap(([file, sizes]) =>
    Object.entries(sizes).map(([coding, size]) => {
      const number = committed[file]?.[coding];
      return { what: `${file}, ${coding}`, size, limit: number, failure: complaint(size, number) };
    }),
  );
  for (const { what, files, coding, most } of limits) {
    const size = files.reduce((sum, file) => sum + measured[file][coding], 0);
    const limit = most * 1024;
    const failure = size > limit ? `is ${size - limit} above the limit: it has to become smaller` : undefined;
    checks.push({ what: `${what}, ${coding}, at most ${most} KB`, size, limit, failure });
  }

  for (const { what, size, limit, failure } of checks) {
    console.log(`${failure ? "FAILED" : "passed"}  ${what}: ${size} bytes of ${limit}${failure ? `, ${failure}` : ""}`);
  }
  const failed = checks.filter(({ failure }) => failure).length;
  if (failed > 0) {
    console.log("If that is meant, edit tests/size/sizes.json, or run: npm --prefix tests run size -- --update");
    process.exitCode = 1;
  }
  mkdirSync(new URL(".", report), { recursive: true });
  writeFileSync(report, JSON.stringify({ passed: checks.length - failed, failed }));
}

if (process.argv.includes("--update")) {
  writeFileSync(committedFile, `${JSON.stringify(measured, null, 2)}\n`);
} else {
  check();
}
