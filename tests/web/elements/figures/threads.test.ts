import { expect, it } from "vitest";
import { threads } from "../../../../web/src/elements/figures/threads.ts";
import { html, stageTemplate } from "../stage.ts";

/** A figure with two numbers in a row, and one below. */
async function figure() {
  const place = await stageTemplate(html`
    <svg class="threads"></svg>
    <div class="figure">
      <p><button data-cell="a">a</button> <button data-cell="b">b</button></p>
      <p class="below"><button data-cell="c">c</button></p>
    </div>`);
  (place.querySelector(".below") as HTMLElement).style.marginTop = "80px";
  const svg = place.querySelector("svg") as SVGSVGElement;
  /** The ends of the threads, relative to the drawing; and how low each goes between them. */
  const drawn = (to: string, from: string[]) => {
    threads(svg, place.querySelector(".figure") as Element, to, from);
    return [...svg.querySelectorAll("path")].map((path) => {
      const length = path.getTotalLength();
      return [0, 0.5, 1].map((part) => path.getPointAtLength(length * part)).map(({ x, y }) => ({ x, y }));
    });
  };
  const box = (key: string) => {
    const { left, right, top, bottom } = (place.querySelector(`[data-cell=${key}]`) as Element).getBoundingClientRect();
    const origin = svg.getBoundingClientRect();
    return { middle: (left + right) / 2 - origin.left, top: top - origin.top, bottom: bottom - origin.top };
  };
  return { svg, drawn, box };
}

it("lead from each source down to the number", async () => {
  const { drawn, box } = await figure();
  const lines = drawn("c", ["a", "b"]);
  expect(lines).toHaveLength(2);
  for (const [i, key] of ["a", "b"].entries()) {
    const [start, , end] = lines[i] ?? [];
    expect(start?.x).toBeCloseTo(box(key).middle, 0);
    expect(start?.y).toBeCloseTo(box(key).bottom, 0);
    expect(end?.x).toBeCloseTo(box("c").middle, 0);
    expect(end?.y).toBeCloseTo(box("c").top, 0);
  }
});

it("go under a row, so that they cross out no number of it", async () => {
  const { drawn, box } = await figure();
  const [[start, middle, end] = []] = drawn("b", ["a"]);
  expect(start?.y).toBeCloseTo(box("a").bottom, 0);
  expect(end?.y).toBeCloseTo(box("b").bottom, 0);
  expect(middle?.y).toBeGreaterThan(box("a").bottom);
});

it("are drawn anew each time, and not from what is not in the figure", async () => {
  const { svg, drawn } = await figure();
  expect(drawn("c", ["a", "elsewhere"])).toHaveLength(1);
  expect(drawn("elsewhere", ["a"])).toHaveLength(0);
  expect(svg.childElementCount).toBe(0);
});
