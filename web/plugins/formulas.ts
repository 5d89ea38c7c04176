// virtual:formulas: the TeX of src/formulas.ts as MathML, made at build time. No formula library reaches the page.

import temml from "temml";
import type { Plugin } from "vite";
import { formulas } from "../src/formulas.ts";

const ID = "virtual:formulas";

export function mathml(tex: string): string {
  const markup = temml.renderToString(tex, { displayMode: true, throwOnError: true });
  // The page's policy allows no style attributes. What they said is in page.css.
  return markup.replace(/ style="[^"]*"/g, "");
}

export function formulasPlugin(): Plugin {
  return {
    name: "formulas",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const entries = Object.entries(formulas).map(([name, tex]) => [name, mathml(tex)]);
      return `export const mathml = ${JSON.stringify(Object.fromEntries(entries))};`;
    },
  };
}
