import { describe, expect, it } from "vitest";
import { folderOf, isPageAddress } from "../../../web/src/read/address.ts";

describe("isPageAddress", () => {
  it.each([
    "https://a.example/celoss/index.html",
    "http://a.example",
    "HTTPS://a.example",
    "file:///home/a/index.html",
    "//a.example/index.html",
    "/celoss/index.html",
    "../index.html",
    "index.html",
    "",
  ])("yes: %s", (address) => {
    expect(isPageAddress(address)).toBe(true);
  });

  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\u0000javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://a.example/1",
    "vbscript:x",
    "about:blank",
    "mailto:a@b.example",
    "https://[",
  ])("no: %j", (address) => {
    expect(isPageAddress(address)).toBe(false);
  });
});

describe("folderOf", () => {
  it.each([
    ["blog.example/demo", "https://blog.example/demo/"],
    ["localhost:8000", "https://localhost:8000/"],
    ["https://blog.example/demo/index.html?a#b", "https://blog.example/demo/"],
    ["http://blog.example", "http://blog.example/"],
    ["file:///home/a/dist/", "file:///home/a/dist/"],
    ["/celoss/", "/celoss/"],
    ["./celoss", "./celoss/"],
    ["//cdn.example/x", "//cdn.example/x/"],
  ])("of %s is %s", (typed, folder) => {
    expect(folderOf(typed)).toBe(folder);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "blob:https://a.example/1", "ftp://a.example/", "two words"])(
    "of %s is none",
    (typed) => {
      expect(folderOf(typed)).toBeNull();
    },
  );
});
