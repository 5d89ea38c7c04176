// What editors, frameworks and type checkers want to know of the element: custom-elements.json, and the declarations of
// the two modules. Names and values come from the tables of the code; where there is no table, a test holds what is said
// here against the code (tests/web/plugins/manifest.test.ts).

import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { MAX_CLASSES, MAX_SAMPLES, MIN_CLASSES } from "../src/state/lesson/limits.ts";
import { PRESETS, SHARPNESS } from "../src/state/lesson/presets.ts";
import type { AttributeName } from "../src/state/parameters.ts";
import { PARTS, STEPS } from "../src/state/steps.ts";

/** One sentence for every attribute, and the values it takes. */
const attributes: Record<AttributeName | "page", string> = {
  step: `The steps that are shown, by name, between commas; all of them without it: ${STEPS.join(", ")}.`,
  hide: `Parts that are left out, by name, between commas: ${PARTS.join(", ")}.`,
  readonly: "Numbers, labels and options stay as they are.",
  theme: "auto (as the ground it stands on), light or dark.",
  lang: "zh or en; without it as the page around, else the reader's.",
  preset: `The example to start from: ${Object.keys(PRESETS).join(", ")}.`,
  x: `The logits: a row per sample, between semicolons, or as PyTorch writes a nested list; 1 to ${MAX_SAMPLES} samples of ${MIN_CLASSES} to ${MAX_CLASSES} classes.`,
  shape: "Of a random x: samples, classes.",
  seed: "x is what torch.rand gives for this seed, 0 to 4294967295.",
  y: "The label of each sample, between commas, from 0.",
  dtype: "float32 or float64.",
  reduction: "mean, sum or none.",
  pipeline: "In the opening figure: softmax-in-front or plain.",
  sharpness: `In the opening figure: how far the logits are pulled apart, ${SHARPNESS.min} to ${SHARPNESS.max}.`,
  form: "How softmax is written: textbook or shifted.",
  counted: "In the step of the labels: the labels as somebody counted them, between commas.",
  classes: "Of your own batch: how many classes it has, where no logits say it.",
  loss: "Of your own batch: the loss that was seen.",
  accuracy: "Of your own batch: the accuracy that was seen, a fraction from 0 to 1 or a percentage.",
  "batch-reduction": "Of your own batch: mean, sum or none.",
  "ignore-index": "Of your own batch: PyTorch's ignore_index.",
  "label-smoothing": "Of your own batch: PyTorch's label_smoothing, 0 to 1.",
  weight: "Of your own batch: PyTorch's weight, a number for each class, between commas.",
  page: "The address of the whole page, for the link to it; by default index.html beside the module.",
};

const parts: Record<string, string> = {
  page: "All of it.",
  step: "A step.",
  heading: "The name of a step.",
  lead: "Its first sentence.",
  formula: "Its formula.",
  code: "Its PyTorch line.",
  figure: "Its figure.",
  matrix: "A matrix of numbers.",
  loss: "The loss at the foot of a figure.",
  notice: "What to notice.",
  fallback: "The content of the tag, while it is shown.",
};

const properties: Record<string, string> = {
  "--celoss-paper": "The ground.",
  "--celoss-ink": "Text and rings.",
  "--celoss-ink-soft": "Text of less weight.",
  "--celoss-rule": "Thin lines.",
  "--celoss-mark": "Lines that mean something.",
  "--celoss-tint": "A shade of the ground.",
  "--celoss-glow": "What has just changed, for a moment.",
  "--celoss-loss": "The loss.",
  "--celoss-class-0": "The first class, and the seventh.",
  "--celoss-class-1": "The second class, and the eighth.",
  "--celoss-class-2": "The third class, and the ninth.",
  "--celoss-class-3": "The fourth class, and the tenth.",
  "--celoss-class-4": "The fifth class.",
  "--celoss-class-5": "The sixth class.",
  "--celoss-serif": "The face of the prose.",
  "--celoss-serif-zh": "The face of the prose in Chinese.",
  "--celoss-sans": "The face of everything that is used.",
  "--celoss-mono": "The face of numbers and code.",
  "--celoss-text": "The size of the prose.",
  "--celoss-small": "The size of the rest.",
  "--celoss-rem": "What all measures are multiples of, 16px.",
  "--celoss-margin": "The margin beside the text, 2px.",
  "--celoss-prose": "How wide the prose may be, 34rem.",
  "--celoss-figure": "How wide the figures may be, 62rem.",
  "--celoss-top": "How far from the top of the window the rail stays: the height of what else is fixed there, 0px.",
};

const described = (table: Record<string, string>) =>
  Object.entries(table).map(([name, description]) => ({ name, description }));

export function manifest(): object {
  const declaration = {
    kind: "class",
    customElement: true,
    name: "CrossEntropyDemo",
    tagName: "cross-entropy-demo",
    description: "torch.nn.CrossEntropyLoss from the inside: a worked example in which every number can be changed.",
    superclass: { name: "HTMLElement" },
    attributes: described(attributes).map((attribute) => ({ ...attribute, type: { text: "string" } })),
    members: [
      {
        kind: "field",
        name: "query",
        type: { text: "string" },
        description: "How it is shown, as the query of an address spells it.",
      },
      {
        kind: "field",
        name: "hash",
        type: { text: "string" },
        description: "What it shows, as the hash of an address spells it.",
      },
      { kind: "field", name: "page", type: { text: "string | null" }, attribute: "page", description: attributes.page },
      {
        kind: "method",
        name: "show",
        parameters: [{ name: "step", type: { text: "string" } }],
        description: "Goes to a step.",
      },
    ],
    events: [
      { name: "celoss-change", type: { text: "CustomEvent<DemoChange>" }, description: "Something else is shown now." },
    ],
    slots: [{ name: "", description: "The fallback: shown until the demo runs, and where it cannot." }],
    cssParts: described(parts),
    cssProperties: described(properties),
  };
  const module = (name: string) => ({
    kind: "javascript-module",
    path: `dist/${name}.js`,
    declarations: [declaration],
    exports: [
      { kind: "js", name: "CrossEntropyDemo", declaration: { name: "CrossEntropyDemo" } },
      ...(name === "element"
        ? []
        : [
            {
              kind: "custom-element-definition",
              name: "cross-entropy-demo",
              declaration: { name: "CrossEntropyDemo" },
            },
          ]),
    ],
  });
  return { schemaVersion: "1.0.0", modules: [module("cross-entropy-demo"), module("element")] };
}

/** The detail of the event, as the code has it. */
function demoChange(): string {
  const code = readFileSync(new URL("../src/elements/demo/teller.ts", import.meta.url), "utf8");
  const [declaration] = /\/\*\*[^/]*\*\/\nexport interface DemoChange \{[^}]*\}\n/.exec(code) ?? [];
  if (declaration === undefined) throw new Error("elements/demo/teller.ts has no DemoChange");
  return declaration;
}

export function declarations(): string {
  const rows = Object.entries(attributes).map(([name, text]) => {
    const type = name === "readonly" ? "boolean | undefined" : "string | undefined";
    return `  /** ${text} */\n  ${/\W/.test(name) ? `"${name}"` : name}?: ${type};`;
  });
  return `${demoChange()}
/** The attributes of <cross-entropy-demo>. */
export interface CrossEntropyDemoAttributes {
${rows.join("\n")}
}

/** <cross-entropy-demo>: torch.nn.CrossEntropyLoss from the inside. */
export declare class CrossEntropyDemo extends HTMLElement {
  /** How it is shown, as the query of an address spells it; it goes before the attributes. */
  query: string;
  /** What it shows, as the hash of an address spells it; it goes before the attributes. */
  hash: string;
  /** The address of the whole page, for the link to it; null: no link. */
  page: string | null;
  /** Goes to a step, as a click on its name does. */
  show(step: string): void;
}

/** Defines <cross-entropy-demo> and the elements it is made of. Twice does no harm. */
export declare function define(): void;

declare global {
  interface HTMLElementTagNameMap {
    "cross-entropy-demo": CrossEntropyDemo;
  }
}
`;
}

export function manifestPlugin(name: string): Plugin {
  return {
    name: "manifest",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: `${name}.d.ts`, source: declarations() });
      this.emitFile({
        type: "asset",
        fileName: "custom-elements.json",
        source: `${JSON.stringify(manifest(), null, 2)}\n`,
      });
    },
  };
}
