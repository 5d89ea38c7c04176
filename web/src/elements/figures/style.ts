// The style of an element, property by property: if it were written as one text, browsers would work out all of it again,
// which costs eight times as much. (An attribute is nothing that the page's policy allows.)

import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

type Styles = Readonly<Record<string, string>>;

class Styled extends Directive {
  #before: Styles = {};

  override render(_styles: Styles): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [styles]: [Styles]): typeof noChange {
    for (const [name, value] of Object.entries(styles)) {
      if (value !== this.#before[name]) (element as HTMLElement | SVGElement).style.setProperty(name, value);
    }
    this.#before = styles;
    return noChange;
  }
}

/** Stands in a tag: html`<span ${styled({ width: "2ch" })}></span>`. The names stay the same from drawing to drawing. */
export const styled = directive(Styled);
