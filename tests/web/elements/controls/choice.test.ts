import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { choice } from "../../../../web/src/elements/controls/choice.ts";
import { stageTemplate, violations } from "../stage.ts";

const chosen: string[] = [];
const colours = ["red", "green", "blue"].map((value) => ({ value, label: value.toUpperCase() }));
const show = (disabled = false) =>
  stageTemplate(choice("Colour", "colour", colours, "green", (value) => chosen.push(value), disabled));

const radios = (place: Element) => [...place.querySelectorAll<HTMLInputElement>("input[type=radio]")];

it("axe has nothing to say", async () => {
  await show();
  expect(await violations()).toEqual([]);
});

it("is one group with a name, in which one is chosen", async () => {
  const place = await show();
  expect(place.querySelector("fieldset legend")?.textContent).toBe("Colour");
  expect(radios(place).map(({ checked, labels }) => [labels?.[0]?.innerText, checked])).toEqual([
    ["RED", false],
    ["GREEN", true],
    ["BLUE", false],
  ]);
});

it("is chosen from by the label and by arrow keys", async () => {
  const place = await show();
  chosen.length = 0;
  await userEvent.click(radios(place)[2]?.labels?.[0] as Element);
  await userEvent.keyboard("{ArrowLeft}");
  expect(chosen).toEqual(["blue", "green"]);
});

it("takes nothing while it is disabled", async () => {
  const place = await show(true);
  chosen.length = 0;
  for (const radio of radios(place)) radio.click();
  expect(chosen).toEqual([]);
});
