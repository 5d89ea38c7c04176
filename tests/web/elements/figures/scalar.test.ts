import { expect, it } from "vitest";
import { lossFoot, scalar } from "../../../../web/src/elements/figures/scalar.ts";
import { html, stageTemplate, textsOf, violations } from "../stage.ts";

const cell = { key: "loss 0 0", text: "1.0646", label: "loss: 1.0646", light: null };

it.each([scalar(cell), lossFoot(cell, "loss")])("axe has nothing to say", async (template) => {
  await stageTemplate(template);
  expect(await violations()).toEqual([]);
});

it("is a number that can be asked, with name and value for who listens", async () => {
  const place = await stageTemplate(html`${scalar(cell)}${scalar({ ...cell, light: "source" })}`);
  const [plain, lit] = place.querySelectorAll("button");
  expect({ ...plain?.dataset }).toEqual({ cell: "loss 0 0" });
  expect({ ...lit?.dataset }).toEqual({ cell: "loss 0 0", light: "source" });
  expect([plain?.innerText, plain?.getAttribute("aria-label")]).toEqual(["1.0646", "loss: 1.0646"]);
});

it("is the loss at a figure's foot, with its name before it", async () => {
  const place = await stageTemplate(lossFoot(cell, "cross_entropy"));
  expect(textsOf(place, ".loss-name, .scalar")).toEqual(["cross_entropy", "1.0646"]);
  expect(place.querySelector("p")?.getAttribute("part")).toBe("loss");
});
