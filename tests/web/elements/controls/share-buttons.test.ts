import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { texts } from "../../../../web/src/i18n/index.ts";
import { rendered, stage, violations } from "../stage.ts";

const buttons = () => stage("celoss-share-buttons", { text: texts.en, step: "log" });
const said = (place: Element) => place.querySelector<HTMLElement>("[aria-live]")?.innerText;

it("axe has nothing to say", async () => {
  await buttons();
  expect(await violations()).toEqual([]);
});

it("ask upward for a dialog, and say which step they stand in", async () => {
  const place = await buttons();
  const asked: unknown[] = [];
  place.addEventListener("celoss-dialog", (event) => asked.push((event as CustomEvent).detail));
  for (const button of place.querySelectorAll("button")) await userEvent.click(button);
  await expect
    .poll(() => asked)
    .toEqual([
      { dialog: "export", step: "log" },
      { dialog: "embed", step: "log" },
    ]);
});

it("say that the dialog is on its way, or why it has not come, and can be pressed again", async () => {
  const place = await buttons();
  expect(said(place)).toBe("");
  Object.assign(place, { waiting: "embed" });
  await rendered(place);
  expect(said(place)).toBe(texts.en.late.loading);
  expect(place.querySelectorAll("[aria-busy=true]:not(:disabled)").length).toBe(1);
  Object.assign(place, { waiting: null, failure: new Error("404 for dialogs.js") });
  await rendered(place);
  expect(said(place)).toMatch(/belong beside cross-entropy-demo\.js\. What the browser says: 404 for dialogs\.js$/);
  expect(await violations()).toEqual([]);
  await userEvent.click(place.querySelector("button") as Element);
  await expect.poll(() => said(place)).toBe("");
});
