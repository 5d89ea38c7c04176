import assert from "node:assert/strict";
import { test } from "./fixtures.ts";
import { places } from "./site.ts";
import { story } from "./story.ts";

for (const place of places) {
  test.describe(place, () => {
    test.use({ place });
    for (const { name, walk } of story) {
      test(name, async ({ driver }) => {
        await walk(driver);
        assert.deepEqual(await driver.errors(), []);
        assert.deepEqual(
          await driver.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)),
          [],
        );
      });
    }
  });
}
