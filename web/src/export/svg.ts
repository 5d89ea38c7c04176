// What stands on the page as an SVG that stands by itself: rectangles, lines and text where the browser laid them out.
// The figures know few shapes, so this is small. A foreignObject would be smaller still, but drawing programs show
// nothing of it, and a canvas that drew one gives no PNG.

import { layers, length, type Paint, paint, paintsOf } from "./css.ts";

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A piece of text in one line. */
interface Run extends Box {
  readonly text: string;
}

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

const MARGIN = 24;

/** Draws an element and what is in it. The section around it leaves out meanwhile what only a screen can do. */
export function picture(element: Element, title: string, description: string): Picture {
  const section = element.closest("section");
  const scrolled = [...element.querySelectorAll(".tensor-scroll, pre")].filter(({ scrollLeft }) => scrollLeft > 0);
  const before = scrolled.map(({ scrollLeft }) => scrollLeft);
  const { scrollX, scrollY } = window;
  try {
    section?.classList.add("taken");
    for (const scroller of scrolled) scroller.scrollLeft = 0;
    return new Drawing(element).picture(title, description);
  } finally {
    section?.classList.remove("taken");
    for (const [i, scroller] of scrolled.entries()) scroller.scrollLeft = before[i] ?? 0;
    // The page was shorter for a moment, and may have lost its place.
    scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  }
}

class Drawing {
  readonly #marks: string[] = [];
  readonly #runs: Run[] = [];
  readonly #root: Element;
  readonly #origin: Box;
  readonly #paper: Paint;
  readonly #lang: string;
  readonly #measure = document.createElement("canvas").getContext("2d");
  readonly #edges = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  #font = "";
  /** Of what is scrolled inside of it. */
  #view: DOMRect | null = null;
  #stripes: Paint | null = null;

  constructor(element: Element) {
    this.#root = element;
    this.#origin = element.getBoundingClientRect();
    // The page may have none, and lie on the ground of an article.
    const ground = element.closest(".taken") ?? document.documentElement;
    this.#paper = paint(getComputedStyle(ground).backgroundColor) ?? { color: "#ffffff", alpha: 1 };
    this.#lang = element.closest("[lang]")?.getAttribute("lang") ?? "en";
    this.#element(element);
  }

  picture(title: string, description: string): Picture {
    const { left, top, right, bottom } = this.#edges;
    const [width, height] = [right - left, bottom - top].map((size) => Math.ceil(size) + 2 * MARGIN) as [
      number,
      number,
    ];
    const [x, y] = [Math.floor(left) - MARGIN, Math.floor(top) - MARGIN];
    const stripes = this.#stripes
      ? `<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${tag("rect", { x: 3, width: 3, height: 6, ...filled(this.#stripes) })}</pattern></defs>\n`
      : "";
    const head = open("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `${x} ${y} ${width} ${height}`,
      lang: this.#lang,
      "xml:lang": this.#lang,
    });
    this.#endFont();
    const svg = `${head}
<title>${escaped(title)}</title>
<desc>${escaped(description)}</desc>
${stripes}${tag("rect", { x, y, width, height, ...filled(this.#paper) })}
${this.#marks.join("\n")}
</svg>
`;
    return { svg, width, height };
  }

  #element(element: Element): void {
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return;
    if (style.clipPath !== "none") return; // off the screen, for screen readers
    if (element instanceof SVGSVGElement) {
      this.#chart(element);
      return;
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) {
      this.#input(element, style);
      return;
    }
    // The picture has an edge of its own.
    if (style.display !== "contents" && element !== this.#root) this.#box(this.#boxOf(element), style);
    const first = this.#runs.length;
    const around = this.#view;
    if (style.overflowY !== "visible" && element.scrollHeight > 1.5 * element.clientHeight) {
      this.#view = element.getBoundingClientRect();
    }
    for (const child of element.childNodes) {
      if (child instanceof Element) this.#element(child);
      else if (child instanceof Text) this.#text(child, element, style);
    }
    this.#view = around;
    this.#pseudo(element, style, "::before", this.#runs[first]);
    this.#pseudo(element, style, "::after", this.#runs.slice(first).at(-1));
    if (element.localName === "mfrac") this.#fractionBar(element, style);
  }

  // ---- Boxes ----

  #box(box: Box, style: CSSStyleDeclaration): void {
    const [top, right, bottom, left] = SIDES.map((side) => lineOf(style, `border-${side}`)) as [Line, Line, Line, Line];
    const radius = length(style.borderTopLeftRadius, box.width);
    const background = paint(style.backgroundColor);
    if (background && background.color !== this.#paper.color) this.#rect(box, { rx: radius, ...filled(background) });
    const inside = {
      left: box.left + left.width,
      top: box.top + top.width,
      width: box.width - left.width - right.width,
      height: box.height - top.width - bottom.width,
    };
    for (const [i, image] of [...layers(style.backgroundImage).entries()].reverse())
      this.#image(image, i, inside, style);

    if (radius > 0) this.#ring(box, -top.width / 2, radius, top);
    else {
      this.#side({ ...box, height: top.width }, top);
      this.#side({ ...box, top: box.top + box.height - bottom.width, height: bottom.width }, bottom);
      this.#side({ ...box, width: left.width }, left);
      this.#side({ ...box, left: box.left + box.width - right.width, width: right.width }, right);
    }
    const [, color = "", spread = 0] = /^(.*?) 0px 0px 0px ([\d.]+)px inset$/.exec(style.boxShadow) ?? [];
    const shadow = { width: Number(spread), paint: paint(color), kind: "solid" };
    this.#ring(box, -shadow.width / 2, radius, shadow);
    const outline = lineOf(style, "outline");
    this.#ring(box, px(style, "outline-offset") + outline.width / 2, radius, outline);
  }

  #side(box: Box, { paint, kind }: Line): void {
    if (kind !== "double") {
      this.#rect(box, filled(paint));
      return;
    }
    const [across, along] = box.width < box.height ? (["left", "width"] as const) : (["top", "height"] as const);
    const third = box[along] / 3;
    for (const lines of [0, 2]) {
      this.#rect({ ...box, [across]: box[across] + lines * third, [along]: third }, filled(paint));
    }
  }

  /** A line around a box, its middle that much outside of it. */
  #ring(box: Box, outside: number, radius: number, { width, paint, kind }: Line): void {
    if (width === 0 || !paint) return;
    const ring = {
      left: box.left - outside,
      top: box.top - outside,
      width: box.width + 2 * outside,
      height: box.height + 2 * outside,
    };
    this.#rect(ring, {
      rx: radius > 0 ? radius + outside : 0,
      fill: "none",
      stroke: paint.color,
      "stroke-opacity": paint.alpha < 1 ? paint.alpha : null,
      "stroke-width": width,
      "stroke-dasharray": kind === "dashed" ? `${3 * width} ${2 * width}` : null,
    });
  }

  /** A layer of a background: one colour, stripes, or the head of an arrow. */
  #image(image: string, i: number, area: Box, style: CSSStyleDeclaration): void {
    const [color] = paintsOf(image).filter((paint) => paint !== null);
    if (!color) return;
    const of = (list: string) => {
      const values = layers(list);
      return (values[i % values.length] ?? "").split(/ (?![^(]*\))/);
    };
    const [sizeX = "auto", sizeY = "auto"] = of(style.backgroundSize);
    const [width, height] = [length(sizeX, area.width), length(sizeY, area.height)];
    const [x = "", y = ""] = of(style.backgroundPosition);
    const left = area.left + length(x, area.width - width);
    const top = area.top + length(y, area.height - height);
    if (image.startsWith("repeating-linear-gradient")) {
      this.#stripes = color;
      this.#rect({ left, top, width, height }, { fill: "url(#stripes)" });
    } else if (image.startsWith("conic-gradient")) {
      const [fromX, fromY] = this.#at({ left, top, width, height });
      const d = `M${fromX},${fromY}l${round(width)},${round(height / 2)}l${round(-width)},${round(height / 2)}z`;
      this.#marks.push(tag("path", { d, ...filled(color) }));
    } else this.#rect({ left, top, width, height }, filled(color));
  }

  #rect(box: Box, { rx, ...attributes }: Attributes): void {
    if (!(box.width > 0 && box.height > 0) || this.#isScrolledOut(box)) return;
    const [x, y] = this.#at(box);
    const corner = Math.min(Number(rx ?? 0), box.width / 2, box.height / 2);
    const size = { width: round(box.width), height: round(box.height) };
    this.#marks.push(tag("rect", { x, y, ...size, rx: corner > 0 ? round(corner) : null, ...attributes }));
  }

  /** ::before and ::after: words beside the text, or a box, at its place or at the end. */
  #pseudo(element: Element, parent: CSSStyleDeclaration, name: "::before" | "::after", beside: Run | undefined): void {
    const style = getComputedStyle(element, name);
    const words = /^"(.*)"$/.exec(style.content)?.[1];
    if (words === undefined || style.display === "none") return;
    if (words !== "") {
      if (!beside) return;
      const width = this.#metrics(style, words).width;
      const left = name === "::before" ? beside.left - width : beside.left + beside.width;
      this.#run({ ...beside, left, width, text: words }, style, beside.top + beside.height * this.#ascent(parent));
      return;
    }
    const box = this.#boxOf(element);
    const [width, height] = [px(style, "width"), px(style, "height")];
    const place =
      style.position === "absolute"
        ? {
            left: box.left + px(parent, "border-left-width") + px(style, "left"),
            top: box.top + px(parent, "border-top-width") + px(style, "top"),
          }
        : {
            left: box.left + px(parent, "border-left-width") + px(parent, "padding-left"),
            top: box.top + box.height - px(parent, "border-bottom-width") - px(parent, "padding-bottom") - height,
          };
    this.#box({ ...place, width, height }, style);
  }

  // ---- Text ----

  #text(node: Text, parent: Element, style: CSSStyleDeclaration): void {
    const isVariable = parent.localName === "mi" && parent.getAttribute("mathvariant") !== "normal";
    for (const run of runsOf(node)) {
      if (parent.localName === "mo" && this.#stretched(run, parent, style)) continue;
      const text = isVariable ? italic(run.text) : run.text;
      // Firefox says nothing of the space that it sets around an operator.
      const left = parent.localName === "mo" ? middleOf(parent) - run.width / 2 : run.left;
      this.#run({ ...run, left, text }, style, run.top + run.height * this.#ascent(style));
    }
  }

  /** A large sum or parenthesis: the plain sign, made as large as the browser made it. */
  #stretched(run: Run, operator: Element, style: CSSStyleDeclaration): boolean {
    const box = this.#boxOf(operator);
    const metrics = this.#metrics(style, run.text);
    const ink = metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent;
    // The box of a sign of plain size is as high as its line, in Firefox, or as its ink.
    if (Math.abs(box.height - run.height) < 1 || box.height < 1.15 * ink) return false;
    const scale = box.height / ink;
    const [x, y] = this.#at({ ...box, top: box.top + metrics.actualBoundingBoxAscent * scale });
    const transform = `matrix(${round(box.width / metrics.width)} 0 0 ${round(scale)} ${x} ${y})`;
    this.#useFont(style);
    this.#marks.push(`${open("text", { transform, ...filled(paint(style.color)) })}${escaped(run.text)}</text>`);
    return true;
  }

  #fractionBar(fraction: Element, style: CSSStyleDeclaration): void {
    const [above, below] = [...fraction.children].map((part) => part.getBoundingClientRect());
    if (!above || !below) return;
    const box = this.#boxOf(fraction);
    const thickness = Math.max(1, px(style, "font-size") / 16);
    const top = (above.bottom + below.top - thickness) / 2;
    this.#rect({ ...box, top, height: thickness }, filled(paint(style.color)));
  }

  #isScrolledOut({ top, height }: Box): boolean {
    return this.#view !== null && (top < this.#view.top - 1 || top + height > this.#view.bottom + 1);
  }

  #run(run: Run, style: CSSStyleDeclaration, baseline: number): void {
    if (this.#isScrolledOut(run)) return;
    const text = run.text.trim();
    const widthOf = (spaces: string) => this.#metrics(style, spaces).width;
    const left = run.left + widthOf(run.text.slice(0, run.text.indexOf(text)));
    const width = run.left + run.width - widthOf(run.text.slice(run.text.indexOf(text) + text.length)) - left;
    this.#runs.push(run);
    this.#useFont(style);
    // Numbers stay in their columns in another font too.
    const [anchor, offset] = ANCHORS[style.textAlign] ?? [null, 0];
    const [x, y] = this.#at({ ...run, left, width, top: baseline });
    this.#marks.push(
      `${open("text", {
        x: round(x + offset * width),
        y,
        "text-anchor": anchor,
        textLength: round(width),
        lengthAdjust: "spacingAndGlyphs",
        "xml:space": text.includes("  ") ? "preserve" : null,
        ...filled(paint(style.color)),
      })}${escaped(text)}</text>`,
    );
  }

  /** Texts in one font, one after another, share it. */
  #useFont(style: CSSStyleDeclaration): void {
    const font = open("g", fontOf(style));
    if (font === this.#font) return;
    this.#endFont();
    this.#marks.push(font);
    this.#font = font;
  }

  #endFont(): void {
    if (this.#font) this.#marks.push("</g>");
    this.#font = "";
  }

  #metrics(style: CSSStyleDeclaration, text: string): TextMetrics {
    const measure = this.#measure as CanvasRenderingContext2D;
    measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return measure.measureText(text);
  }

  /** Which part of the height of a line of text is above its baseline. */
  #ascent(style: CSSStyleDeclaration): number {
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = this.#metrics(style, "x");
    return ascent / (ascent + descent);
  }

  #input(input: HTMLInputElement | HTMLSelectElement, style: CSSStyleDeclaration): void {
    const box = this.#boxOf(input);
    const middle = box.top + box.height / 2;
    if (input instanceof HTMLInputElement && input.type === "range") {
      const [min, max] = [Number(input.min), Number(input.max)];
      const radius = 7;
      const left = box.left + radius + ((Number(input.value) - min) / (max - min)) * (box.width - 2 * radius);
      const color = paint(style.accentColor);
      this.#rect({ ...box, top: middle - 1, height: 2 }, filled(color));
      const knob = { left: left - radius, top: middle - radius, width: 2 * radius, height: 2 * radius };
      this.#rect(knob, { rx: radius, ...filled(color) });
      return;
    }
    this.#box(box, style);
    const text = input instanceof HTMLSelectElement ? (input.selectedOptions[0]?.text ?? "") : input.value;
    const metrics = this.#metrics(style, text);
    const room = box.width - metrics.width;
    const left =
      { end: room - px(style, "padding-right"), center: room / 2 }[style.textAlign] ?? px(style, "padding-left");
    const [ascent, descent] = [metrics.fontBoundingBoxAscent, metrics.fontBoundingBoxDescent];
    const run = { ...box, left: box.left + left, width: metrics.width, text };
    this.#run(run, style, middle + (ascent - descent) / 2);
  }

  // ---- Charts ----

  #chart(svg: SVGSVGElement): void {
    const [x, y] = this.#at(this.#boxOf(svg));
    const { width, height } = svg.getBoundingClientRect();
    const viewBox = svg.getAttribute("viewBox");
    this.#endFont();
    this.#marks.push(open("svg", { x, y, width: round(width), height: round(height), viewBox, overflow: "visible" }));
    for (const child of svg.children) this.#shape(child);
    this.#marks.push("</svg>");
  }

  /** A shape of a chart with the paint that the style sheets give it. */
  #shape(shape: Element): void {
    const style = getComputedStyle(shape);
    if (style.display === "none") return;
    const kept = KEPT.map((name) => [name, shape.getAttribute(name)] as const);
    const transform = shape.getAttribute("transform") ?? (style.transform === "none" ? null : style.transform);
    const attributes: Attributes = { ...Object.fromEntries(kept), transform };
    if (GROUPS.has(shape.localName)) {
      this.#marks.push(open(shape.localName, attributes));
      for (const child of shape.children) this.#shape(child);
      this.#marks.push(`</${shape.localName}>`);
      return;
    }
    const pattern = /url\("?(#[^")]+)"?\)/.exec(style.fill)?.[1];
    const stroke = paint(style.stroke);
    const painted = {
      ...attributes,
      ...(pattern ? { fill: `url(${pattern})` } : filled(style.fill === "none" ? null : paint(style.fill))),
      stroke: style.stroke === "none" ? null : stroke?.color,
      "stroke-width": style.stroke === "none" ? null : px(style, "stroke-width"),
    };
    // A pattern is nowhere by itself.
    if (!shape.closest("defs")) this.#at(this.#boxOf(shape));
    if (!(shape instanceof SVGTextElement)) this.#marks.push(tag(shape.localName, painted));
    else if (shape.textContent?.trim()) {
      const order = style.paintOrder.startsWith("stroke") ? "stroke" : null;
      const length = { textLength: round(shape.getComputedTextLength()), lengthAdjust: "spacingAndGlyphs" };
      this.#marks.push(
        `${open("text", { ...painted, "paint-order": order, ...fontOf(style), ...length })}${escaped(shape.textContent.trim())}</text>`,
      );
    }
  }

  // ---- Places ----

  /** The box of an element. */
  #boxOf(element: Element): Box {
    const box = element.getBoundingClientRect();
    return { left: box.left, top: box.top, width: box.width, height: box.height };
  }

  /** The place of a box in the drawing, which becomes large enough to hold it. */
  #at({ left, top, width, height }: Box): [x: number, y: number] {
    const [x, y] = [left - this.#origin.left, top - this.#origin.top];
    const edges = this.#edges;
    edges.left = Math.min(edges.left, x);
    edges.top = Math.min(edges.top, y);
    edges.right = Math.max(edges.right, x + width);
    edges.bottom = Math.max(edges.bottom, y + height);
    return [round(x), round(y)];
  }
}

/** A border or an outline. */
interface Line {
  readonly width: number;
  readonly paint: Paint | null;
  readonly kind: string;
}

function lineOf(style: CSSStyleDeclaration, name: string): Line {
  const kind = style.getPropertyValue(`${name}-style`);
  return {
    width: kind === "none" ? 0 : px(style, `${name}-width`),
    paint: paint(style.getPropertyValue(`${name}-color`)),
    kind,
  };
}

const SIDES = ["top", "right", "bottom", "left"] as const;

/** What browsers know as math, for programs that do not. */
const MATH_FONTS = "math, 'STIX Two Math', 'Cambria Math', STIX, serif";

/** Where a text is held, and at which part of its width that is. */
const ANCHORS: Readonly<Record<string, readonly [anchor: string, part: number]>> = {
  end: ["end", 1],
  right: ["end", 1],
  center: ["middle", 0.5],
};

/** What holds other shapes of a chart. */
const GROUPS: ReadonlySet<string> = new Set(["g", "defs", "pattern"]);

/** The attributes that say where the shapes of our charts are. */
const KEPT = [
  ...["id", "x", "y", "x1", "x2", "y1", "y2", "d", "points", "cx", "cy", "r", "width", "height"],
  ...["text-anchor", "patternUnits", "patternTransform"],
];

/** The pieces of a text, line by line as the browser has broken it, without the spaces that lines begin with. */
function runsOf(node: Text): Run[] {
  const range = document.createRange();
  const runs: Run[] = [];
  let i = 0;
  for (const character of node.data) {
    range.setStart(node, i);
    i += character.length;
    range.setEnd(node, i);
    // WebKit has the first character of a line also where the line before ends, without width.
    const box = [...range.getClientRects()].find(({ width }) => width > 0);
    if (!box) continue;
    const last = runs.at(-1);
    if (last && Math.abs(box.top - last.top) < box.height / 2 && box.left >= last.left) {
      runs[runs.length - 1] = { ...last, width: box.right - last.left, text: last.text + character };
    } else if (character.trim() !== "") {
      runs.push({ left: box.left, top: box.top, width: box.width, height: box.height, text: character });
    }
  }
  return runs;
}

function fontOf(style: CSSStyleDeclaration): Attributes {
  return {
    // Chinese has no font for mathematics.
    ...(style.fontFamily === "math" ? { lang: "en", "font-family": MATH_FONTS } : { "font-family": style.fontFamily }),
    "font-size": px(style, "font-size"),
    "font-weight": style.fontWeight === "400" ? null : style.fontWeight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
  };
}

function filled(paint: Paint | null): Attributes {
  return { fill: paint?.color ?? "none", "fill-opacity": paint && paint.alpha < 1 ? paint.alpha : null };
}

/** A letter as formulas have it. */
function italic(text: string): string {
  if (text === "h") return "ℎ"; // its place among the italic letters is empty
  const code = text.codePointAt(0) ?? 0;
  if (/^[A-Z]$/.test(text)) return String.fromCodePoint(0x1d434 + code - 65);
  return /^[a-z]$/.test(text) ? String.fromCodePoint(0x1d44e + code - 97) : text;
}

function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

function px(style: CSSStyleDeclaration, property: string): number {
  return Number.parseFloat(style.getPropertyValue(property)) || 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function open(name: string, attributes: Attributes): string {
  const pairs = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);
  return `<${[name, ...pairs.map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(" ")}>`;
}

function tag(name: string, attributes: Attributes): string {
  return open(name, attributes).replace(/>$/, "/>");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
