import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { render } from "../../../../web/node_modules/lit/index.js";
import { wayBack } from "../../../../web/src/elements/controls/way-back.ts";
import { sentFrom, stageTemplate, textsOf, viewOf, violations } from "../stage.ts";

const edit = { type: "setLabel", row: 0, label: 2 } as const;
const show = (view = viewOf()) => stageTemplate(wayBack(view), view);
const open = (place: Element) => textsOf(place, "button:enabled");

it("axe has nothing to say", async () => {
  await show(viewOf({}, edit));
  expect(await violations()).toEqual([]);
});

it("offers what there is to go back to", async () => {
  expect(open(await show())).toEqual([]);
  expect(open(await show(viewOf({}, edit)))).toEqual(["Undo", "Back to the note"]);
  expect(open(await show(viewOf({}, edit, { type: "undo" })))).toEqual(["Redo"]);
});

it("asks for it", async () => {
  const place = await show(viewOf({}, edit, edit, { ...edit, label: 1 }, { type: "undo" }));
  const sent = sentFrom(place);
  for (const button of place.querySelectorAll("button")) await userEvent.click(button);
  expect(sent).toEqual([{ type: "undo" }, { type: "redo" }, { type: "reset" }]);
});

it("is not there where numbers stay as they are", async () => {
  expect((await show(viewOf({ readonly: true }))).childElementCount).toBe(0);
});

it("keeps the focus on a button that has nothing more to go back to, until it is left", async () => {
  const place = await show(viewOf({}, edit));
  const [undo] = place.querySelectorAll("button");
  undo?.focus();
  render(wayBack(viewOf()), place);
  expect((place.getRootNode() as ShadowRoot).activeElement).toBe(undo);
  expect(undo?.ariaDisabled).toBe("true");
  expect(await violations()).toEqual([]);
  undo?.blur();
  expect(undo?.disabled).toBe(true);
  expect(undo?.ariaDisabled).toBe(null);
});
