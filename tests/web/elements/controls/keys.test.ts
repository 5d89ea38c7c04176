import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { keepKeys } from "../../../../web/src/elements/controls/keys.ts";
import { html, stageTemplate } from "../stage.ts";

/** What the page around hears of keys that go down in a place. */
async function heardIn(selector: string, ...keys: string[]): Promise<string[]> {
  const place = await stageTemplate(html`
    <input type="text" aria-label="text" /><input type="radio" aria-label="radio" />
    <button type="button">button</button><p tabindex="0">text</p>
    <dialog open><p tabindex="0">modal</p></dialog>`);
  keepKeys(place);
  const heard: string[] = [];
  const hear = ({ key, type }: KeyboardEvent) => heard.push(`${type} ${key}`);
  for (const type of ["keydown", "keypress", "keyup"] as const) addEventListener(type, hear);
  (place.querySelector(selector) as HTMLElement).focus();
  for (const key of keys) await userEvent.keyboard(key);
  for (const type of ["keydown", "keypress", "keyup"] as const) removeEventListener(type, hear);
  return heard;
}

it.each([
  ["input[type=text]", ["a", ".", "{Backspace}", "{Delete}", "{ArrowUp}", "{Home}", "{PageDown}", "{Enter}"]],
  ["input[type=radio]", ["{ArrowRight}", " "]],
  ["button", ["{Enter}", " "]],
  ["dialog p", ["{ArrowDown}", "{Escape}", " "]],
])("keeps what %s takes, on its way down and up", async (selector, keys) => {
  expect(await heardIn(selector, ...keys)).toEqual([]);
});

it.each([
  ["p", "{ArrowDown}", "ArrowDown"],
  ["input[type=text]", "{Escape}", "Escape"],
  ["input[type=radio]", "b", "b"],
  ["button", "{ArrowDown}", "ArrowDown"],
  ["dialog p", "b", "b"],
])("leaves to the page what %s has no use for: %s", async (selector, key, name) => {
  const types = name.length === 1 ? ["keydown", "keypress", "keyup"] : ["keydown", "keyup"];
  expect(await heardIn(selector, key)).toEqual(types.map((type) => `${type} ${name}`));
});

it("keeps the commands of a field, and no others", async () => {
  expect(await heardIn("input[type=text]", "{Control>}a{/Control}")).not.toContain("keydown a");
  expect(await heardIn("input[type=text]", "{Control>}k{/Control}")).toContain("keydown k");
});
