import { expect, it } from "vitest";
import { glow, light } from "../../../../web/src/elements/figures/glow.ts";
import { html, stageTemplate } from "../stage.ts";

async function matrix() {
  const place = await stageTemplate(html`
    <div class="tensor-scroll"><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>${light()}</div>`);
  const cells = [...place.querySelectorAll("td")];
  const svg = place.querySelector("svg") as SVGSVGElement;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { place, cells, svg, frame };
}

it("lights what has changed in the next frame, and goes out", async () => {
  const { place, cells, svg, frame } = await matrix();
  glow(place, [cells[1] as Element]);
  expect(svg.getAnimations()).toHaveLength(0);
  await frame();
  const [animation] = svg.getAnimations();
  const lit = (svg.querySelector("path") as SVGPathElement).getBoundingClientRect();
  const cell = (cells[1] as Element).getBoundingClientRect();
  for (const side of ["left", "top", "width", "height"] as const) expect(lit[side]).toBeCloseTo(cell[side], 0);
  await animation?.finished;
  expect(getComputedStyle(svg).opacity).toBe("0");
});

it("has one light for all of a matrix, also of what changes in several steps of one frame", async () => {
  const { place, cells, svg, frame } = await matrix();
  for (const cell of cells) glow(place, [cell]);
  await frame();
  expect(svg.querySelector("path")?.getAttribute("d")?.match(/M/g)).toHaveLength(2);
  expect(svg.getAnimations()).toHaveLength(1);
});

it("does nothing where nothing changed, or where there is no light", async () => {
  const { place, svg, frame, cells } = await matrix();
  glow(place, []);
  glow(document.createElement("div"), cells);
  await frame();
  expect(svg.getAnimations()).toHaveLength(0);
});
