// The ground that an element stands on. Not every dark article says `color-scheme`: many only give their body a class and
// another background. So what is really painted there decides, whoever says it and however.

export type Ground = "light" | "dark";

type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** The relative luminance (WCAG 2) on which black ink has the same contrast as white: sqrt(1.05 * 0.05) - 0.05. */
const MIDDLE = 0.179;

/** Tells what the ground of a shadow host is, at once and whenever it turns from light to dark or back. */
export class GroundObserver {
  readonly #root: ShadowRoot;
  readonly #tell: (ground: Ground) => void;
  /** Reads any colour, in whatever way it is spelled. Hidden, so that nothing of it is drawn. */
  readonly #swatch = document.createElement("i");
  /** Inherits the article's ink: where that changes, for whatever reason, a transition ends. */
  readonly #ink = document.createElement("i");
  readonly #mutations = new MutationObserver(() => this.#look());
  /** The host and what is around it, from the inside out. */
  #around: readonly Element[] = [];
  #observing: AbortController | null = null;
  #frame = 0;

  constructor(root: ShadowRoot, tell: (ground: Ground) => void) {
    this.#root = root;
    this.#tell = tell;
    this.#swatch.hidden = true;
    this.#ink.ariaHidden = "true";
    Object.assign(this.#ink.style, { position: "absolute", visibility: "hidden", transition: "color 1ms" });
  }

  observe(): void {
    this.disconnect();
    this.#observing = new AbortController();
    const { signal } = this.#observing;
    const look = () => this.#look();
    // At the beginning: what stands behind its own content Lit takes for old content.
    this.#root.prepend(this.#swatch, this.#ink);
    this.#ink.addEventListener("transitionend", look, { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look, { signal });
    // A style sheet that arrives; load events do not bubble.
    document.addEventListener("load", look, { capture: true, signal });
    this.#measure();
    for (const root of new Set(this.#around.map((element) => element.getRootNode()))) {
      for (const end of ["transitionend", "animationend"]) {
        root.addEventListener(end, (event) => this.#around.includes(event.target as Element) && look(), { signal });
      }
    }
  }

  disconnect(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#mutations.disconnect();
    this.#observing?.abort();
  }

  /** Measures once, however much changes in this frame. */
  #look(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#measure();
    });
  }

  #measure(): void {
    this.#around = [...around(this.#root.host)];
    this.#mutations.disconnect();
    for (const element of this.#around) this.#mutations.observe(element, { attributes: true });
    this.#mutations.observe(document.head, { subtree: true, childList: true, attributes: true, characterData: true });
    this.#tell(luminance(this.#ground()) > MIDDLE ? "light" : "dark");
  }

  /** What is painted below the demo, layer by layer until one is opaque; at the bottom lies the canvas of the browser. */
  #ground(): Color {
    const { style } = this.#swatch;
    /** What is seen of the layers so far, and how much they let through. */
    let seen: Color = [0, 0, 0, 0];
    const lay = (color: Color) => {
      const through = (1 - seen[3]) * color[3];
      seen = seen.map((part, i) => part + through * (i === 3 ? 1 : (color[i] ?? 0))) as unknown as Color;
    };
    lay(this.#read("var(--celoss-paper, transparent)"));
    for (const element of this.#around) {
      if (seen[3] > 0.99) return seen;
      const { display, backgroundColor, backgroundImage } = getComputedStyle(element);
      if (display === "contents") continue;
      // What a picture shows nobody knows. The article's ink is to be read on it, so it is the opposite of that.
      if (backgroundImage !== "none") {
        const ink = this.#read(getComputedStyle(this.#root.host).color);
        lay(luminance(ink) > MIDDLE ? [0, 0, 0, 1] : [1, 1, 1, 1]);
      }
      lay(this.#read(backgroundColor));
    }
    style.colorScheme = getComputedStyle(document.documentElement).colorScheme;
    lay(this.#read("Canvas"));
    style.colorScheme = "";
    return seen;
  }

  #read(color: string): Color {
    // Mixed with itself a colour stays what it is, and is written as color(srgb red green blue / alpha).
    this.#swatch.style.backgroundColor = `color-mix(in srgb, ${color}, ${color})`;
    const [red = 0, green = 0, blue = 0, alpha = 1] =
      getComputedStyle(this.#swatch)
        .backgroundColor.match(/-?[\d.]+(e-?\d+)?/g)
        ?.map(Number) ?? [];
    return [red, green, blue, alpha];
  }
}

/** An element and everything around it as it is drawn: through slots, and out of shadow roots. */
function* around(element: Element): Generator<Element> {
  for (let node: Node | null = element; node !== null; ) {
    if (node instanceof Element) yield node;
    node = (node instanceof Element && node.assignedSlot) || node.parentNode || ((node as ShadowRoot).host ?? null);
  }
}

function luminance([red, green, blue]: Color): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
