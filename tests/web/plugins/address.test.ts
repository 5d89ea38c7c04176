import { describe, expect, it } from "vitest";
import { addressPlugin, checkedAddress } from "../../../web/plugins/address.ts";
import { texts } from "../../../web/src/i18n/index.ts";

interface Tag {
  tag: string;
  attrs: Record<string, string>;
}

const address = "https://example.org/celoss/";
const html = '<meta charset="utf-8" /><meta\n  name="description"\n  content="A worked example."\n/>';

const hooks = (given: string | null) =>
  addressPlugin(given) as unknown as {
    resolveId(id: string): string | null;
    load(id: string): string | null;
    transformIndexHtml(html: string): Tag[];
  };

describe("checkedAddress", () => {
  it("takes a folder on a server, and none", () => {
    expect(checkedAddress(address)).toBe(address);
    expect(checkedAddress("https://example.org/")).toBe("https://example.org/");
    expect([checkedAddress(undefined), checkedAddress("")]).toEqual([null, null]);
  });

  it.each([
    ["example.org", "must be a whole address"],
    ["http://example.org/", "must begin with https://"],
    ["https://me@example.org/", "must be without a user"],
    ["https://example.org/?lang=en", "must be without ? and #"],
    ["https://example.org/#", "must be without ? and #"],
    ["https://example.org/celoss", "must end with /"],
    ["https://example.org", "must end with /"],
  ])("refuses %s", (given, why) => {
    expect(() => checkedAddress(given)).toThrow(
      `CELOSS_ADDRESS ${why}, as https://example.org/celoss/ has it; got ${given}`,
    );
  });
});

describe("addressPlugin", () => {
  it.each([address, null])("tells the page: %s", (given) => {
    const { resolveId, load } = hooks(given);
    expect(load(resolveId("virtual:address") ?? "")).toBe(`export const address = ${JSON.stringify(given)};`);
    expect([resolveId("lit"), load("lit")]).toEqual([null, null]);
  });

  it("writes nothing without an address", () => {
    expect(hooks(null).transformIndexHtml(html)).toEqual([]);
  });

  it("writes what others need to show a link", () => {
    const tags = hooks(address).transformIndexHtml(html);
    const meta = Object.fromEntries(
      tags.map(({ attrs }) => [attrs.property ?? attrs.name ?? attrs.rel, attrs.content]),
    );
    expect(tags).toContainEqual({ tag: "link", attrs: { rel: "canonical", href: address }, injectTo: "head" });
    expect(meta).toMatchObject({
      "og:title": `${texts.zh.title} ${texts.en.title}`,
      "og:description": "A worked example.",
      "og:url": address,
      "og:image": "https://example.org/celoss/card.png",
      "og:image:width": "1200",
      "og:image:height": "630",
      "twitter:card": "summary_large_image",
    });
    for (const { attrs } of tags) expect(Object.values(attrs).join()).not.toMatch(/undefined|[`"<>]/);
  });
});
