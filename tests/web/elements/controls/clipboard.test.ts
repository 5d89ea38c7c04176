import { afterEach, expect, it, vi } from "vitest";
import { copyImage, copyText } from "../../../../web/src/elements/controls/clipboard.ts";
import { html, stageTemplate } from "../stage.ts";

afterEach(() => vi.restoreAllMocks());

const refuse = () => Promise.reject(new DOMException("blocked", "NotAllowedError"));

it("copies text by the clipboard", async () => {
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  expect(await copyText("1.0646")).toBe(true);
  expect(written).toHaveBeenCalledWith("1.0646");
});

it("copies by the older command where that is blocked, and leaves nothing behind but the focus", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(refuse);
  const place = await stageTemplate(html`<button type="button">Copy</button>`);
  place.querySelector("button")?.focus();
  let selected = "";
  vi.spyOn(document, "execCommand").mockImplementation(() => {
    const area = document.activeElement as HTMLTextAreaElement;
    selected = area.value.slice(area.selectionStart, area.selectionEnd);
    return true;
  });
  expect(await copyText("two\nlines")).toBe(true);
  expect(selected).toBe("two\nlines");
  expect(document.querySelectorAll("textarea")).toHaveLength(0);
  expect((place.getRootNode() as ShadowRoot).activeElement?.textContent).toBe("Copy");
});

it.each([
  ["says no", () => false],
  [
    "throws",
    () => {
      throw new Error("blocked");
    },
  ],
])("says so where the older command %s too", async (_, command) => {
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(refuse);
  vi.spyOn(document, "execCommand").mockImplementation(command);
  expect(await copyText("1")).toBe(false);
});

it("copies pictures, or says that it cannot", async () => {
  const written = vi.spyOn(navigator.clipboard, "write").mockResolvedValue();
  const image = new Blob(["png"], { type: "image/png" });
  expect(await copyImage(image)).toBe(true);
  expect(written.mock.calls[0]?.[0]?.[0]?.types).toEqual(["image/png"]);
  written.mockImplementation(refuse);
  expect(await copyImage(image)).toBe(false);
});
