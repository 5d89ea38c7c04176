// What an author copies into an article: a frame, a frame that grows with its content, or the element.

import { attributesOf } from "./url.ts";

export interface Embed {
  /** The address of the folder that holds index.html and cross-entropy-demo.js, with the slash at its end. */
  readonly folder: string;
  /** What is shown, as an address spells it. */
  readonly query: string;
  readonly hash: string;
  /** The hash for an address, packed if it is long; attributes are never packed. */
  readonly packed: string;
  /** The title of the frame: what a screen reader says of it, and what stands where neither frames nor scripts run. */
  readonly title: string;
  /** Of a frame that cannot grow, in pixels. */
  readonly height: number;
}

export type SnippetName = "growing" | "fixed" | "element";

/** Grows the frames that tell their height; one listener serves all of an article's. */
const LISTENER = `<script>
addEventListener("message", ({ data, source }) => {
  const height = data?.["celoss-height"];
  if (!Number.isInteger(height) || height < 1 || height > 50000) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = \`\${height}px\`;
});
</script>`;

export function snippet(name: SnippetName, embed: Embed): string {
  switch (name) {
    case "growing":
      return `${frame(embed)}\n${LISTENER}`;
    case "fixed":
      return frame(embed);
    case "element":
      return element(embed);
  }
}

function frame(embed: Embed): string {
  const { title, height } = embed;
  return `<iframe src="${escapeAttribute(address(embed))}" title="${escapeAttribute(title)}" loading="lazy" allow="clipboard-write" width="100%" height="${height}" style="border: 0"></iframe>`;
}

function element(embed: Embed): string {
  const { folder, query, hash, title } = embed;
  const attributes = attributesOf(query, hash)
    .map(([name, text]) => (text === "" ? ` ${name}` : ` ${name}="${escapeAttribute(text)}"`))
    .join("");
  return `<script type="module" src="${escapeAttribute(folder)}cross-entropy-demo.js"></script>
<cross-entropy-demo${attributes}><a href="${escapeAttribute(address(embed))}">${escapeAttribute(title)}</a></cross-entropy-demo>`;
}

function address({ folder, query, packed }: Embed): string {
  return `${folder}index.html${query}${packed === "" ? "" : `#${packed}`}`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
