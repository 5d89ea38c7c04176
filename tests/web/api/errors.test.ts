import { expect, it } from "vitest";
import { CelossError } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note } from "./core.ts";

it("a CelossError is an Error with a name, a code and details that stay as they are", () => {
  const error = errorOf(() => celoss.crossEntropy(note.x, [0, 1, 3]));
  expect(error).toBeInstanceOf(Error);
  expect(`${error}`).toBe("CelossError: Target 3 is out of bounds.");
  expect(error.code).toBe("target_out_of_bounds");
  expect(Object.isFrozen(error.details)).toBe(true);
});

it("a CelossError has a cause only if there is one", () => {
  const cause = new Error("why");
  expect(new CelossError("webassembly_unavailable", "no", { cause }).cause).toBe(cause);
  expect("cause" in new CelossError("invalid_argument", "no")).toBe(false);
});
