import { afterEach, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { texts } from "../../../../web/src/i18n/index.ts";
import { stage, textsOf, violations } from "../stage.ts";

const code = "p = torch.softmax(x, dim=1)";
const line = () => stage("celoss-code-line", { text: texts.en, code });

afterEach(() => vi.restoreAllMocks());

it("axe has nothing to say", async () => {
  await line();
  expect(await violations()).toEqual([]);
});

it("copies", async () => {
  const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const element = await line();
  await userEvent.click(element.querySelector("button") as Element);
  await expect.poll(() => textsOf(element, "button")).toEqual(["Copied"]);
  expect(copied).toHaveBeenCalledWith(code);
});

it("selects where nothing may be copied, and says so", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("blocked"));
  vi.spyOn(document, "execCommand").mockReturnValue(false);
  const element = await line();
  await userEvent.click(element.querySelector("button") as Element);
  await expect.poll(() => textsOf(element, "button")).toEqual(["Selected. Copy it."]);
  expect(String(getSelection())).toBe(code);
});
