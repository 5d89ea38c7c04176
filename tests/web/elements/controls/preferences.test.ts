import { describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { preferences } from "../../../../web/src/elements/controls/preferences.ts";
import { sentFrom, stageTemplate, textsOf, viewOf, violations } from "../stage.ts";

async function show(state: Parameters<typeof viewOf>[0] = {}, standalone = false) {
  const sender = new EventTarget();
  const view = { ...viewOf(state), standalone };
  return { place: await stageTemplate(preferences(sender, view), view), sent: sentFrom(sender) };
}

describe.each([
  ["en", "light"],
  ["zh", "dark"],
] as const)("in %s, %s", (language, theme) => {
  it("axe has nothing to say", async () => {
    await show({ language, theme });
    expect(await violations()).toEqual([]);
  });

  it("has the theme that is chosen, and asks for another", async () => {
    const { place, sent } = await show({ language, theme });
    expect(place.querySelector<HTMLInputElement>(":checked")?.value).toBe(theme);
    await userEvent.click(place.querySelector("[value=auto]") as Element);
    expect(sent).toEqual([{ type: "setTheme", theme: "auto" }]);
  });
});

it.each([
  ["en", "中文", "zh-CN", "zh"],
  ["zh", "English", "en", "en"],
] as const)("offers in %s the other language, in its own words", async (language, name, lang, other) => {
  const { place, sent } = await show({ language });
  const button = place.querySelector("button.language") as HTMLElement;
  expect([button.innerText, button.lang]).toEqual([name, lang]);
  await userEvent.click(button);
  expect(sent).toEqual([{ type: "setLanguage", language: other }]);
});

it("is the banner of a page of its own, and none in an article", async () => {
  expect((await show({}, true)).place.querySelectorAll("[role=banner]")).toHaveLength(1);
  const { place } = await show();
  expect(place.querySelectorAll("[role=banner]")).toHaveLength(0);
  expect(textsOf(place, "legend")).toEqual(["Theme"]);
});
