import { describe, expect, it } from "vitest";
import { cell } from "../../../../web/src/state/lesson/cell.ts";
import { STEPS } from "../../../../web/src/state/steps.ts";
import { rendered, sentFrom, stage, viewOf, violations } from "../stage.ts";

describe.each(STEPS)("%s", (id) => {
  it.each(["zh", "en"] as const)("axe has nothing to say, in %s", async (language) => {
    await stage(`celoss-${id}`, { view: viewOf({ language }) });
    expect(await violations()).toEqual([]);
  });

  it("axe has nothing to say in the dark, while a number is asked", async () => {
    await stage(`celoss-${id}`, { view: viewOf({ theme: "dark", asked: cell("softmax", 0, 0) }) });
    expect(await violations()).toEqual([]);
  });

  it("axe has nothing to say where it brings x and y itself", async () => {
    await stage(`celoss-${id}`, { view: { ...viewOf(), given: id } });
    expect(await violations()).toEqual([]);
  });
});

it("what is made of x stands on its last row where it can be changed, not on the buttons below it", async () => {
  const step = await stage("celoss-softmax", { view: { ...viewOf(), given: "softmax" } });
  const [x, p] = [...step.querySelectorAll("celoss-data-table tbody, celoss-tensor-table tbody")].map((rows) =>
    rows.getBoundingClientRect(),
  );
  expect(x?.height).toBeGreaterThan(0);
  expect(Math.abs((x?.bottom ?? NaN) - (p?.bottom ?? NaN))).toBeLessThan(3);
});

it("says why pasted labels could not be read, and tries the same text again", async () => {
  const step = await stage("celoss-labels", { view: viewOf() });
  const sent = sentFrom(step);
  Object.assign(step, { refused: { text: "[2, 0, 1]", got: null, isRead: false } });
  await rendered(step);
  const message = step.querySelector<HTMLElement>(".outcome .message");
  expect(message?.innerText).toMatch(
    /^Not pasted: what reads such a text has not loaded: .*The labels are as they were\./,
  );
  message?.querySelector("button")?.click();
  await expect.poll(() => sent).toEqual([{ type: "setCountedLabels", labels: [2, 0, 1] }]);
});
