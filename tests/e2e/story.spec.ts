import { test } from "./fixtures.ts";
import { places } from "./site.ts";
import { story } from "./story.ts";

for (const place of places) {
  test.describe(place, () => {
    test.use({ place });
    for (const { name, walk } of story) test(name, ({ driver }) => walk(driver));
  });
}
