import { expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { texts } from "../../../../web/src/i18n/index.ts";
import { html, rendered, stage, textsOf, violations } from "../stage.ts";

const content = (name: string) =>
  stage("celoss-late-content", { text: texts.en, name, content: html`<p>Here it is</p>` });

it("comes when its place is near", async () => {
  const place = await content("dialogs");
  await expect.poll(() => textsOf(place, "p")).toEqual(["Here it is"]);
  expect(customElements.get("celoss-export")).toBeDefined();
});

it("does not come before", async () => {
  const place = await content("dialogs");
  const far = document.createElement("celoss-late-content");
  Object.assign(far, { text: texts.en, name: "dialogs", content: html`<p>Here it is</p>` });
  const gap = document.createElement("div");
  gap.style.height = "500vh";
  place.after(gap, far);
  await expect.poll(() => textsOf(place, "p")).toEqual(["Here it is"]);
  await rendered(place);
  expect(textsOf(far, "p")).toEqual([texts.en.late.loading]);
  far.scrollIntoView();
  await expect.poll(() => textsOf(far, "p")).toEqual(["Here it is"]);
});

it("says why it has not come, and tries again", async () => {
  const place = await content("nothing of that name");
  await expect
    .poll(() => textsOf(place, "[aria-live]").join())
    .toMatch(/^This has not loaded.*What the browser says: ./);
  expect(await violations()).toEqual([]);
  Object.assign(place, { name: "dialogs" });
  await rendered(place);
  await userEvent.click(place.querySelector("button") as Element);
  await expect.poll(() => textsOf(place, "p")).toEqual(["Here it is"]);
});
