import assert from "node:assert/strict";
import { test } from "./fixtures.ts";
import { story } from "./story.ts";

/** Chromium says so on the console; the page then copies in the older way. */
const clipboardRefused = "Permissions policy violation: The Clipboard API has been blocked";

for (const place of ["file", "sandbox"] as const) {
  test.describe(place, () => {
    test.use({ place });
    for (const { name, walk } of story) {
      test(name, async ({ driver }) => {
        await walk(driver);
        const errors = await driver.errors();
        assert.deepEqual(
          place === "sandbox" ? errors.filter((error) => !error.startsWith(clipboardRefused)) : errors,
          [],
        );
        assert.deepEqual(
          await driver.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)),
          [],
        );
      });
    }
  });
}
