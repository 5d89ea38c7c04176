import { expect, it } from "vitest";
import { stage, textsOf, viewOf, violations } from "../stage.ts";

it.each(["light", "dark"] as const)("axe has nothing to say, %s", async (theme) => {
  await stage("celoss-rail", { view: viewOf({ theme }), current: "log" });
  expect(await violations()).toEqual([]);
});

it("says which step is the current one, which stand beside it, and the loss", async () => {
  const rail = await stage("celoss-rail", { view: viewOf(), current: "log" });
  expect(textsOf(rail, "[aria-current=step]")).toEqual(["3 log"]);
  const links = [...rail.querySelectorAll("a.neighbour")].map((link) => link.getAttribute("href"));
  expect(links).toEqual(["#softmax", "#log-softmax"]);
  expect(textsOf(rail, ".rail-loss .scalar")).toEqual(["1.0646"]);
});

it("has no neighbour beyond its ends, and the opening figure has a loss of its own", async () => {
  const rail = await stage("celoss-rail", { view: viewOf(), current: "question" });
  expect(rail.querySelectorAll("a.neighbour")).toHaveLength(1);
  expect(textsOf(rail, ".rail-loss .scalar")).toEqual(["0.6243"]);
});

it("cuts a long name off where there is no room, before the way to the next step", async () => {
  const rail = await stage("celoss-rail", { view: viewOf(), current: "lesson" });
  (rail.getRootNode() as ShadowRoot).host.setAttribute("style", "display: block; width: 328px");
  const [name, next] = ["[aria-current=step]", ".neighbour:last-of-type"].map((selector) =>
    rail.querySelector(selector)?.getBoundingClientRect(),
  );
  expect(name?.width).toBeGreaterThan(60);
  expect(name?.right).toBeLessThanOrEqual(next?.left ?? 0);
});
