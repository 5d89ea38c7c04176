// What a reader downloads, against the committed numbers in sizes.json. With --update: commits today's numbers.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dist = new URL("../../dist/", import.meta.url);
const committedFile = new URL("sizes.json", import.meta.url);
const report = new URL("../../build/results/size.json", import.meta.url);

/** What must not be passed, whatever is committed; in KB of 1024 bytes. (165 were meant for index.html, and 16 for
 * diagnosis.wasm; web/README.md has what they are made of.) */
const limits = [
  { what: "index.html, on arrival", files: ["index.html, on arrival"], coding: "gzip", most: 112 },
  { what: "index.html", files: ["index.html"], coding: "gzip", most: 247 },
  { what: "cross-entropy-demo.js", files: ["cross-entropy-demo.js"], coding: "gzip", most: 105 },
  { what: "diagnosis.wasm", files: ["diagnosis.wasm"], coding: "brotli", most: 19 },
  { what: "celoss.js with celoss.wasm", files: ["celoss.js", "celoss.wasm"], coding: "brotli", most: 30 },
];

const read = (file) => readFileSync(new URL(file, dist));
const page = read("index.html").toString();
/** What the page keeps as text until it is wanted, all of it behind the script that runs. */
const texts = page.match(/<script type="text\/plain"[^>]*>.*?<\/script>\n/gs) ?? [];

/** The scripts of the page of several files, those that run on arrival and the others; their names have hashes. */
const siteScripts = (onArrival) =>
  readdirSync(new URL("site/assets/", dist))
    .filter((name) => name.endsWith(".js") && /^(index|first-paint)-/.test(name) === onArrival)
    .map((name) => read(`site/assets/${name}`));

const besideElement = readdirSync(dist).filter((name) => /^cross-entropy-demo-.*\.js$/.test(name));

const measured = Object.fromEntries(
  Object.entries({
    "index.html": [page],
    "index.html, on arrival": [texts.reduce((html, text) => html.replace(text, ""), page)],
    ...Object.fromEntries(
      [
        "celoss.js",
        "celoss.wasm",
        "lab.js",
        "lab.wasm",
        "diagnosis.wasm",
        "cross-entropy-demo.js",
        ...besideElement,
      ].map((file) => [file, [read(file)]]),
    ),
    "site, scripts on arrival": siteScripts(true),
    "site, other scripts": siteScripts(false),
  }).map(([what, parts]) => {
    const sum = (compress) => parts.reduce((total, part) => total + compress(part).length, 0);
    return [what, { gzip: sum((part) => gzipSync(part, { level: 9 })), brotli: sum(brotliCompressSync) }];
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
