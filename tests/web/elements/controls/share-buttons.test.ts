import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { shareButtons } from "../../../../web/src/elements/controls/share-buttons.ts";
import { texts } from "../../../../web/src/i18n/index.ts";
import { stageTemplate, violations } from "../stage.ts";

it("axe has nothing to say", async () => {
  await stageTemplate(shareButtons(texts.en, "log"));
  expect(await violations()).toEqual([]);
});

it("ask upward for a dialog, and say which step they stand in", async () => {
  const place = await stageTemplate(shareButtons(texts.en, "log"));
  const asked: unknown[] = [];
  place.addEventListener("celoss-dialog", (event) => asked.push((event as CustomEvent).detail));
  for (const button of place.querySelectorAll("button")) await userEvent.click(button);
  expect(asked).toEqual([
    { dialog: "export", step: "log" },
    { dialog: "embed", step: "log" },
  ]);
});
