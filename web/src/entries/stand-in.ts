// What stands in for <cross-entropy-demo> where its module breaks off: Lit asks for a Trusted Types policy, which an
// article's own may forbid. This is evaluated before Lit, so that it is there when Lit fails, and does without it.

import { texts } from "../i18n/index.ts";
import { type Piece, pieces } from "../i18n/inline.ts";
import { firstLanguage } from "../state/url.ts";

const TAG = "cross-entropy-demo";

/** What the browser says of the failure. */
let reason = "";
const hear = ({ message }: ErrorEvent) => {
  reason ||= message;
};
let waiting: ReturnType<typeof setTimeout> | undefined;

if (typeof window !== "undefined") {
  addEventListener("error", hear);
  waiting = setTimeout(() => {
    removeEventListener("error", hear);
    standIn();
  });
}

/** The module has come to its end, and nothing has to stand in. */
export function started(): void {
  clearTimeout(waiting);
  if (typeof window !== "undefined") removeEventListener("error", hear);
}

function standIn(): void {
  if (customElements.get(TAG)) return;
  customElements.define(
    TAG,
    class extends HTMLElement {
      connectedCallback(): void {
        if (this.shadowRoot) return;
        const language = firstLanguage([this.closest("[lang]")?.getAttribute("lang") ?? "", ...navigator.languages]);
        const { unavailable } = texts[language];
        const says = document.createElement("div");
        says.role = "status";
        says.lang = language === "zh" ? "zh-CN" : "en";
        says.append(
          paragraph(pieces(unavailable.failedHere)),
          paragraph([
            { tag: null, text: unavailable.reason },
            { tag: "bdi", text: reason },
          ]),
        );
        this.attachShadow({ mode: "open" }).append(says, document.createElement("slot"));
      }
    },
  );
}

function paragraph(content: readonly Piece[]): HTMLElement {
  const made = document.createElement("p");
  for (const { tag, text } of content) {
    const piece = document.createElement(tag ?? "span");
    piece.textContent = text;
    made.append(piece);
  }
  return made;
}
