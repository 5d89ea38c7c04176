// How many tests passed and failed, by the JSON report of Vitest, of Playwright, or of a script of ours: node count.mjs FILE
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { passed, failed } = report.stats ? ofPlaywright(report.stats) : ofVitest(report);
console.log(`${passed} ${failed}`);

/** What passes at the second attempt only, or is left out, has not passed. */
function ofPlaywright({ expected, unexpected, flaky, skipped }) {
  return { passed: expected, failed: unexpected + flaky + skipped };
}

function ofVitest({ numPassedTests, numFailedTests, passed = numPassedTests, failed = numFailedTests }) {
  return { passed, failed };
}
