import { expect, it } from "vitest";
import { lab, stage, violations } from "../stage.ts";

interface Sample {
  key: string;
  row: number;
  label: number;
  p: number;
  loss: number;
  light: string | null;
}

const sample = (row: number, p: number, loss: number): Sample => ({
  key: `picked ${row} 0`,
  row,
  label: row,
  p,
  loss,
  light: null,
});
const { p, loss } = lab.negLogCurve(0.01, 96);

const curve = (...samples: Sample[]): Promise<HTMLElement> =>
  stage("celoss-log-curve", { curve: { p: p.data, loss: loss.data }, samples, label: "The samples on −log p" });

const circles = (figure: Element) =>
  [...figure.querySelectorAll("circle")].map((circle) => ({
    x: Number(circle.getAttribute("cx")),
    y: Number(circle.getAttribute("cy")),
  }));

const names = (figure: Element) => [...figure.querySelectorAll(".sample text")].map(({ textContent }) => textContent);

it("axe has nothing to say", async () => {
  await curve(sample(0, 0.25, 1.3863), sample(1, 0.2, 1.6094));
  expect(await violations()).toEqual([]);
});

it("has each sample on the curve: the surer, the further to the right and down", async () => {
  const figure = await curve(sample(0, 0.2, 1.6094), sample(1, 0.9, 0.1054));
  const [unsure, sure] = circles(figure);
  expect(sure?.x).toBeGreaterThan(unsure?.x ?? Infinity);
  expect(sure?.y).toBeGreaterThan(unsure?.y ?? Infinity);
  const points = (figure.querySelector(".curve")?.getAttribute("points") ?? "")
    .split(" ")
    .map((point) => point.split(",").map(Number));
  for (const { x, y } of [unsure, sure].filter((circle) => circle !== undefined)) {
    const near = points.reduce((best, point) =>
      Math.abs((point[0] ?? 0) - x) < Math.abs((best[0] ?? 0) - x) ? point : best,
    );
    expect(Math.abs((near[1] ?? 0) - y)).toBeLessThan(8);
  }
});

it("names a loss beyond its top there, and leaves out one that is no number", async () => {
  const figure = await curve(sample(0, 0, Infinity), sample(1, Number.NaN, Number.NaN), sample(2, 0.25, 1.3863));
  expect(names(figure)).toEqual(["0 ↑ inf", "2"]);
});

it("can be asked for each sample, and shows how it takes part", async () => {
  const figure = await curve({ ...sample(0, 0.25, 1.3863), light: "source" });
  const [asked] = figure.querySelectorAll<SVGElement>("[data-cell]");
  expect(asked?.dataset).toMatchObject({ cell: "picked 0 0", light: "source", class: "0" });
});
