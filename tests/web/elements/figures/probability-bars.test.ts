import { expect, it } from "vitest";
import { probabilityBars } from "../../../../web/src/elements/figures/probability-bars.ts";
import { stageTemplate, violations } from "../stage.ts";

const show = (data: readonly number[], shape: readonly number[], target: readonly number[]) =>
  stageTemplate(probabilityBars({ data: Float32Array.from(data), shape }, target, "softmax(x)", "sample"));

const shares = (place: Element) => [...place.querySelectorAll<HTMLElement>(".share")];

it("axe has nothing to say", async () => {
  await show([0.25, 0.75, 0.5, 0.5], [2, 2], [1, 0]);
  expect(await violations()).toEqual([]);
});

it("has a row per sample, cut into its classes as wide as they are probable", async () => {
  const place = await show([0.25, 0.75, 0.5, 0.5], [2, 2], [1, 0]);
  const whole = place.querySelector(".bars")?.getBoundingClientRect().width ?? 0;
  const parts = shares(place).map((share) => share.getBoundingClientRect().width / whole);
  for (const [i, part] of [0.25, 0.75, 0.5, 0.5].entries()) expect(parts[i]).toBeCloseTo(part, 1);
  expect(shares(place).map(({ dataset }) => dataset.class)).toEqual(["0", "1", "0", "1"]);
});

it("rings the target, also where there is none of it", async () => {
  const place = await show([1, 0, 0.5, 0.5], [2, 2], [1, 0]);
  expect(shares(place).map((share) => share.hasAttribute("data-target"))).toEqual([false, true, true, false]);
});

it("is a list with a name, whose rows are said with their numbers", async () => {
  const place = await show([0.25, 0.75], [1, 2], [1]);
  expect(place.querySelector("ul")?.getAttribute("aria-label")).toBe("softmax(x)");
  expect(place.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("sample 0: 0.2500, 0.7500");
});

it("leaves blank what is no number, and says it", async () => {
  const place = await show([Number.NaN, 1], [1, 2], [0]);
  const [blank, whole] = shares(place).map((share) => share.getBoundingClientRect().width);
  expect(blank).toBeLessThan(5); // a ring, and nothing in it
  expect(whole).toBeGreaterThan(100);
  expect(place.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("sample 0: nan, 1.0000");
});
