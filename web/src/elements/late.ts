// What a demo can do without until it is wanted. The builds keep it apart (web/plugins/chunks.ts), and nothing of it is
// compiled before.

import type { CSSResult } from "lit";
import { loadWords } from "../state/lesson/late.ts";

/** What comes late: elements by their tags, and the style sheets of what they render. */
interface Late {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
  readonly styles: readonly CSSResult[];
}

const modules = {
  // With the words for what was read of it.
  batch: async () => (await Promise.all([import("./diagnosis/batch.ts"), loadWords()]))[0],
  dialogs: () => import("./dialogs/dialogs.ts"),
} satisfies Record<string, () => Promise<Late>>;

export type LateName = keyof typeof modules;

/** Loads it, makes its elements known to the browser and brings its styles into the shadow root around. Once it is there
 * this costs nothing; what has failed is tried again. */
export async function loadLate(name: LateName, around: Element): Promise<void> {
  const { elements, styles } = await modules[name]();
  defineAll(elements);
  const root = around.getRootNode() as ShadowRoot;
  const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
  const missing = sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  if (missing.length > 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing];
}

/** Makes elements known to the browser. Twice does no harm, and the first to come stays. */
export function defineAll(elements: Late["elements"]): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
