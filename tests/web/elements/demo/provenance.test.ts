import { expect, it } from "vitest";
import { listenForQuestions } from "../../../../web/src/elements/demo/provenance.ts";
import { html, sentFrom, stageTemplate } from "../stage.ts";

/** The cell that is asked, or null, each time that it is said, while `act` goes on. */
async function askedDuring(act: (number: HTMLElement, button: HTMLElement) => void): Promise<unknown[]> {
  const place = await stageTemplate(html`
    <section id="softmax"><span data-cell="p 0 1" tabindex="0">0.3259</span></section><button type="button">b</button>`);
  const root = place.getRootNode() as ShadowRoot;
  listenForQuestions(root);
  const sent = sentFrom(root.host);
  act(root.querySelector("[data-cell]") as HTMLElement, root.querySelector("button") as HTMLElement);
  return (sent as { cell: unknown }[]).map(({ cell }) => cell);
}

it("asks the number that has the focus, until that goes elsewhere", async () => {
  const asked = await askedDuring((number, button) => {
    number.focus();
    button.focus();
  });
  expect(asked).toEqual([{ tensor: "p", row: 0, column: 1 }, null]);
});

it("goes on answering while another window has the focus", async () => {
  const asked = await askedDuring((number) => {
    number.focus();
    // What a browser says when its window loses the focus: the document keeps its active element.
    number.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
  });
  expect(asked).toEqual([{ tensor: "p", row: 0, column: 1 }]);
});
