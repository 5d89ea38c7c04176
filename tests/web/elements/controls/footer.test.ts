import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { footer } from "../../../../web/src/elements/controls/footer.ts";
import { SOURCE } from "../../../../web/src/state/lesson/presets.ts";
import { sentFrom, stageTemplate, textsOf, viewOf, violations } from "../stage.ts";

const page = "https://example.com/index.html";

async function show(state: Parameters<typeof viewOf>[0] = {}, address: string | null = page, standalone = false) {
  const sender = new EventTarget();
  const view = { ...viewOf(state), standalone };
  return { place: await stageTemplate(footer(sender, view, address), view), sent: sentFrom(sender) };
}

const links = (place: Element) => [...place.querySelectorAll("a")].map(({ href }) => href);

describe.each(["en", "zh"] as const)("in %s", (language) => {
  it("axe has nothing to say", async () => {
    await show({ language });
    expect(await violations()).toEqual([]);
  });

  it("axe has nothing to say of a part's, in the dark", async () => {
    await show({ language, theme: "dark", steps: ["softmax"] });
    expect(await violations()).toEqual([]);
  });

  it("names the note and its author, each behind a link that opens beside the page", async () => {
    const { place } = await show({ language }, null);
    expect(links(place)).toEqual([SOURCE.note, SOURCE.author]);
    for (const { target, rel } of place.querySelectorAll("a")) expect([target, rel]).toEqual(["_blank", "noopener"]);
    expect(textsOf(place, "a")[1]).toBe("yangzhixuan");
  });
});

it("has in a part the way to the whole page, if that is known, and the other language", async () => {
  const { place, sent } = await show({ steps: ["softmax"] });
  expect(links(place)).toEqual([page, SOURCE.note, SOURCE.author]);
  await userEvent.click(place.querySelector("button") as Element);
  expect(sent).toEqual([{ type: "setLanguage", language: "zh" }]);
  expect(links((await show({ steps: ["softmax"] }, null)).place)).toEqual([SOURCE.note, SOURCE.author]);
});

it("ends a page of its own, and is no landmark of an article", async () => {
  expect((await show({}, page, true)).place.querySelectorAll("[role=contentinfo]")).toHaveLength(1);
  expect((await show()).place.querySelectorAll("[role=contentinfo]")).toHaveLength(0);
});
