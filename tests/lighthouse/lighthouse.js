// Lighthouse finds nothing to improve: accessibility, best practices and SEO are 100, and nothing moves.
// ./build.sh lighthouse
import { mkdirSync, writeFileSync } from "node:fs";
import { withLighthouse } from "./chromium.js";

/** Both builds, languages and form factors. Throttling would change none of these scores. */
const runs = [
  ["http", "zh", "mobile"],
  ["http", "en", "desktop"],
  ["site", "en", "mobile"],
  ["site", "zh", "desktop"],
];
// Lighthouse asks for robots.txt from inside the page, and the policy of the page that is one file lets nothing connect.
const skipped = { http: ["robots-txt"], site: [] };
const settings = {
  onlyCategories: ["accessibility", "best-practices", "seo"],
  onlyAudits: ["cumulative-layout-shift"],
  throttlingMethod: "provided",
};

/** What keeps a category below 100. */
const faults = ({ auditRefs }, audits) =>
  auditRefs
    .map(({ id }) => audits[id])
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, title }) => `${id}: ${title}`);

const checks = [];
await withLighthouse(async (audit) => {
  for (const [place, lang, formFactor] of runs) {
    const { categories, audits } = await audit(place, `?lang=${lang}`, formFactor, {
      ...settings,
      skipAudits: skipped[place],
    });
    const page = `${place}, ${lang}, ${formFactor}`;
    for (const name of settings.onlyCategories) {
      const score = Math.round(100 * categories[name].score);
      checks.push({ what: `${page}, ${name}: ${score}`, passed: score === 100, why: faults(categories[name], audits) });
    }
    const shift = audits["cumulative-layout-shift"];
    checks.push({ what: `${page}, layout shift: ${shift.numericValue}`, passed: shift.numericValue === 0, why: [] });
  }
});

for (const { what, passed, why } of checks)
  console.log([`${passed ? "passed" : "FAILED"}  ${what}`, ...why].join("\n  "));
const failed = checks.filter(({ passed }) => !passed).length;
const results = new URL("../../build/results/", import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL("lighthouse.json", results), JSON.stringify({ passed: checks.length - failed, failed }));
process.exit(failed > 0 ? 1 : 0); // Lighthouse leaves things open that would keep Node waiting
