import { describe, expect, it } from "vitest";
import { picture } from "../../../web/src/export/svg.ts";

/** Draws what stands in a section; its SVG, parsed. */
function draw(markup: string, style = ""): SVGSVGElement {
  document.body.innerHTML = `<style>
      body { margin: 0; background: rgb(250, 250, 250); }
      section, section * { font: 16px monospace; line-height: 20px; margin: 0; color: rgb(1, 2, 3); }
      .taken .screen-only { display: none; }
      ${style}
    </style><section lang="zh-CN"><div id="figure">${markup}</div></section>`;
  const { svg, width, height } = picture(document.querySelector("#figure") as Element, "A <title>", "1 & 2");
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  expect(root.querySelector("parsererror")).toBe(null);
  expect([root.getAttribute("width"), root.getAttribute("height")]).toEqual([String(width), String(height)]);
  return root as unknown as SVGSVGElement;
}

const texts = (svg: Element) => [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
const number = (element: Element | null | undefined, name: string) => Number(element?.getAttribute(name) ?? NaN);
/** All rectangles but the paper. */
const boxes = (svg: Element) => [...svg.querySelectorAll("rect")].slice(1);

it("has title, description, language and paper", () => {
  const svg = draw("<p>words</p>");
  expect(svg.querySelector("title")?.textContent).toBe("A <title>");
  expect(svg.querySelector("desc")?.textContent).toBe("1 & 2");
  expect(svg.getAttribute("lang")).toBe("zh-CN");
  expect(svg.querySelector("rect")?.getAttribute("width")).toBe(svg.getAttribute("width"));
});

describe("text", () => {
  it("stands where the browser laid it out, a line of it each", () => {
    const svg = draw("<p>first</p><p style='width: 6ch'>second third</p>");
    expect(texts(svg)).toEqual(["first", "second", "third"]);
    const lines = [...svg.querySelectorAll("text")];
    const [first, second, third] = lines.map((line) => number(line, "y"));
    expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)]).toEqual([20, 20]);
    expect(lines.map((line) => number(line, "x"))).toEqual([0, 0, 0]);
    expect(number(lines[0], "textLength")).toBeCloseTo((number(lines[1], "textLength") * 5) / 6, 1);
  });

  it("is escaped, and keeps its colour", () => {
    const svg = draw("<p>1 &lt; 2 &amp; “3”</p>");
    expect(texts(svg)).toEqual(["1 < 2 & “3”"]);
    expect(svg.querySelector("text")?.closest("[fill]")?.getAttribute("fill")).toBe("#010203");
  });

  it("brings what ::before and ::after say", () => {
    const svg = draw("<p class=quoted>words</p>", '.quoted::before { content: "<"; } .quoted::after { content: ">"; }');
    expect(texts(svg).sort()).toEqual(["<", ">", "words"]);
  });
});

describe("boxes", () => {
  it("have their place, size and colour", () => {
    const [box] = boxes(
      draw(
        "<div class=bar></div>",
        ".bar { width: 50px; height: 10px; margin-left: 30px; background: rgb(255, 0, 0); }",
      ),
    );
    expect(["x", "y", "width", "height"].map((name) => number(box, name))).toEqual([30, 0, 50, 10]);
    expect(box?.getAttribute("fill")).toBe("#ff0000");
  });

  it("have the sides that have a border", () => {
    const drawn = boxes(
      draw(
        "<div class=bar></div>",
        ".bar { width: 50px; height: 10px; border: solid rgb(0, 0, 255); border-width: 0 0 2px 3px; }",
      ),
    ).map((box) => ["x", "y", "width", "height"].map((name) => number(box, name)));
    expect(drawn).toEqual([
      [0, 10, 53, 2],
      [0, 0, 3, 12],
    ]);
  });
});

it.each([
  ["display", "none"],
  ["visibility", "hidden"],
  ["opacity", "0"],
  ["clip-path", "inset(50%)"],
])("leaves out what is not seen: %s: %s", (property, value) => {
  expect(texts(draw(`<p>seen</p><p style="${property}: ${value}">hidden</p>`))).toEqual(["seen"]);
});

it("leaves out what only a screen can do, and brings it back", () => {
  expect(texts(draw("<p>seen</p><button class=screen-only>Copy</button>"))).toEqual(["seen"]);
  expect(document.querySelector("section")?.className).toBe("");
  expect(getComputedStyle(document.querySelector("button") as Element).display).not.toBe("none");
});

it("draws scrolled numbers from the first on, and scrolls back", () => {
  const style = ".tensor-scroll { width: 40px; overflow: auto; white-space: nowrap; }";
  const before = texts(draw("<div class=tensor-scroll>1234567890123</div>", style));
  const scroller = document.querySelector(".tensor-scroll") as Element;
  scroller.scrollLeft = 30;
  expect(scroller.scrollLeft).toBe(30);
  const { svg } = picture(document.querySelector("#figure") as Element, "", "");
  expect(svg).toContain(`x="0"`);
  expect(before).toEqual(["1234567890123"]);
  expect(scroller.scrollLeft).toBe(30);
});

it("draws of what scrolls up and down what is in sight, and of a menu what is chosen", () => {
  const rows = Array.from({ length: 20 }, (_, row) => `<p>row ${row}</p>`).join("");
  const svg = draw(
    `<div style="height: 60px; overflow-y: auto">${rows}</div><select><option>one</option><option selected>two</option></select>`,
  );
  expect(texts(svg)).toEqual(["row 0", "row 1", "row 2", "two"]);
});

it("draws a double line as two, above as well as beside", () => {
  const svg = draw(
    "<div class=both></div>",
    ".both { height: 50px; border: double rgb(9, 9, 9); border-width: 6px 0 0 9px; }",
  );
  const sizes = boxes(svg).map((box) => [number(box, "width"), number(box, "height")]);
  expect(sizes.filter(([, height]) => height === 2)).toHaveLength(2);
  expect(sizes.filter(([width]) => width === 3)).toHaveLength(2);
});
