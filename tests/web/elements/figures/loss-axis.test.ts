import { expect, it } from "vitest";
import { lab, stage, violations } from "../stage.ts";

interface Mark {
  value: number;
  name: string;
  front: boolean;
}

const axis = (...marks: Mark[]): Promise<HTMLElement> =>
  stage("celoss-loss-axis", {
    id: "axis",
    marks,
    floors: lab.floors(3),
    names: { floor: "floor", ceiling: "ceiling", uniform: "ln 3" },
    label: "The losses on one axis",
  });

/** Where the marks stand, in pixels from the left. */
const places = (figure: Element) =>
  [...figure.querySelectorAll(".mark path")].map((mark) => {
    const { left, width } = mark.getBoundingClientRect();
    return left + width / 2;
  });

const plain = { value: 1.0646, name: "x", front: false };
const front = { value: 1.084, name: "softmax(x)", front: true };

it("axe has nothing to say", async () => {
  await axis(plain, front);
  expect(await violations()).toEqual([]);
});

it("has a mark where each loss is, and says which", async () => {
  const figure = await axis(plain, front);
  const [left = NaN, right = NaN] = places(figure);
  expect(left).toBeLessThan(right);
  expect([...figure.querySelectorAll(".mark text")].map(({ textContent }) => textContent?.trim())).toEqual([
    "x 1.0646",
    "softmax(x) 1.0840",
  ]);
});

it("has a floor and a ceiling only where softmax stands in front", async () => {
  const rules = (figure: Element) =>
    [...figure.querySelectorAll<SVGElement>(".rule")].map(({ dataset }) => dataset.rule);
  expect(rules(await axis(plain))).toEqual(["zero", "uniform"]);
  const figure = await axis(front);
  expect(rules(figure)).toEqual(["zero", "floor", "uniform", "ceiling"]);
  const numbers = [...figure.querySelectorAll(".rule text")].map(({ textContent }) => textContent);
  for (const number of ["0.5514", "1.0986", "1.5514"]) expect(numbers).toContain(number);
});

it("points at a loss beyond its end, and leaves out one that is no number", async () => {
  const figure = await axis({ ...plain, value: Infinity }, { ...front, value: NaN });
  expect(figure.querySelectorAll(".mark")).toHaveLength(1);
  expect(figure.querySelector(".mark text")?.textContent).toContain("→");
});

it("is as wide as its place, again after that has changed", async () => {
  const figure = await axis(plain, front);
  const excess = () => Number(figure.querySelector("svg")?.getAttribute("width")) - figure.clientWidth;
  expect(excess()).toBe(0);
  (figure.parentElement as HTMLElement).style.width = "400px";
  expect(figure.clientWidth).toBeLessThan(401);
  expect(excess()).not.toBe(0);
  await expect.poll(excess).toBe(0);
});
