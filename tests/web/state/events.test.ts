import { expect, it } from "vitest";
import { listen, request, send } from "../../../web/src/state/events.ts";
import type { Action } from "../../../web/src/state/lesson/actions.ts";
import type { Request } from "../../../web/src/state/requests.ts";

it("actions and requests are heard, each by its own, once, and go up through shadow roots", () => {
  const target = new EventTarget();
  const heard: [string, Action | Request][] = [];
  const events: Event[] = [];
  listen(
    target,
    (action) => heard.push(["action", action]),
    (request) => heard.push(["request", request]),
  );
  for (const name of ["celoss-action", "celoss-request"]) target.addEventListener(name, (event) => events.push(event));
  const action: Action = { type: "setLabel", row: 1, label: 2 };
  send(target, action);
  request(target, { type: "random" });
  expect(heard).toEqual([
    ["action", action],
    ["request", { type: "random" }],
  ]);
  expect(events).toMatchObject([
    { bubbles: true, composed: true },
    { bubbles: true, composed: true },
  ]);
});
