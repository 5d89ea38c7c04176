// A button that has nothing more to do, for now.

import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

class Spent extends Directive {
  override render(_spent: boolean): typeof noChange {
    return noChange;
  }

  /** A button that is disabled loses the focus: while it has it, it only says so, and is disabled once it is left. */
  override update({ element }: ElementPart, [spent]: [boolean]): typeof noChange {
    const button = element as HTMLButtonElement;
    const focused = spent && button.matches(":focus");
    button.disabled = spent && !focused;
    button.ariaDisabled = focused ? "true" : null;
    button.onblur = focused ? () => this.update({ element } as ElementPart, [spent]) : null;
    return noChange;
  }
}

/** Stands in a tag: html`<button ${spent(true)}></button>`. What it asks for must be harmless when asked in vain. */
export const spent = directive(Spent);
