// virtual:address: where the page will be published, if the build is told (CELOSS_ADDRESS). With an address the page also
// gets what others need to show a link to it: a canonical address, and a card with a picture (./build.sh card).

import type { HtmlTagDescriptor, Plugin } from "vite";
import { texts } from "../src/i18n/index.ts";

const ID = "virtual:address";

/** The address as given, if it can be one; null if there is none. */
export function checkedAddress(given: string | undefined): string | null {
  if (!given) return null;
  const refuse = (why: string) =>
    new Error(`CELOSS_ADDRESS ${why}, as https://example.org/celoss/ has it; got ${given}`);
  if (!URL.canParse(given)) throw refuse("must be a whole address");
  const { protocol, username, search, hash, pathname, href } = new URL(given);
  if (protocol !== "https:") throw refuse("must begin with https://");
  if (username !== "") throw refuse("must be without a user");
  if (search + hash !== "" || /[?#]/.test(given)) throw refuse("must be without ? and #");
  if (!pathname.endsWith("/") || !given.endsWith("/")) throw refuse("must end with /");
  return href;
}

function tags(address: string, description: string): HtmlTagDescriptor[] {
  const title = `${texts.zh.title} ${texts.en.title}`;
  const meta = (key: "name" | "property", name: string, content: string): HtmlTagDescriptor => ({
    tag: "meta",
    attrs: { [key]: name, content },
    injectTo: "head",
  });
  return [
    { tag: "link", attrs: { rel: "canonical", href: address }, injectTo: "head" },
    meta("property", "og:type", "article"),
    meta("property", "og:url", address),
    meta("property", "og:site_name", "celoss"),
    meta("property", "og:title", title),
    meta("property", "og:description", description),
    meta("property", "og:locale", "zh_CN"),
    meta("property", "og:locale:alternate", "en_US"),
    meta("property", "og:image", `${address}card.png`),
    meta("property", "og:image:type", "image/png"),
    meta("property", "og:image:width", "1200"),
    meta("property", "og:image:height", "630"),
    meta("property", "og:image:alt", texts.en.question.lead.replaceAll("`", "")),
    meta("name", "twitter:card", "summary_large_image"),
  ];
}

export function addressPlugin(address: string | null): Plugin {
  return {
    name: "address",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? `export const address = ${JSON.stringify(address)};` : null),
    transformIndexHtml(html) {
      const [, description = ""] = /<meta\s+name="description"\s+content="([^"]*)"/.exec(html) ?? [];
      return address === null ? [] : tags(address, description);
    },
  };
}
