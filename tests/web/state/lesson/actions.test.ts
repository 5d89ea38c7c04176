import { expect, it } from "vitest";
import { type Action, listen, send } from "../../../../web/src/state/lesson/actions.ts";

it("an action that is sent is heard, once, and goes up through shadow roots", () => {
  const target = new EventTarget();
  const heard: Action[] = [];
  const events: Event[] = [];
  listen(target, (action) => heard.push(action));
  target.addEventListener("celoss-action", (event) => events.push(event));
  const action: Action = { type: "setLabel", row: 1, label: 2 };
  send(target, action);
  expect(heard).toEqual([action]);
  expect(events).toMatchObject([{ bubbles: true, composed: true }]);
});
