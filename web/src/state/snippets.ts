// What an author copies into an article: a frame, a frame that grows with its content, or the element; as the place that
// it goes to wants it written.

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

/** Where it goes, and what can go there. Frames in JSX stay as they are: a script in it would run once, or never. */
export const PLACES = {
  html: { name: "HTML, Hexo, Hugo, Jekyll, reveal.js", ways: ["growing", "fixed", "element"] },
  vuepress: { name: "VitePress, VuePress", ways: ["growing", "fixed", "element"] },
  jsx: { name: "React, MDX", ways: ["fixed", "element"] },
  jupyter: { name: "Jupyter, Colab", ways: ["fixed"] },
} as const satisfies Record<string, { name: string; ways: readonly SnippetName[] }>;
export type Place = keyof typeof PLACES;

/** Grows the frames that tell their height; one listener serves all of an article's. */
const LISTENER = `
addEventListener("message", ({ data, source }) => {
  const height = data?.["celoss-height"];
  if (!Number.isInteger(height) || height < 1 || height > 50000) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.style.height = \`\${height}px\`;
});
`;

export function snippet(name: SnippetName, embed: Embed, place: Place = "html"): string {
  if (place === "jupyter") {
    return `from IPython.display import IFrame\nIFrame(${JSON.stringify(address(embed))}, "100%", ${embed.height})`;
  }
  const script = `<script type="module" src="${escapeAttribute(embed.folder)}cross-entropy-demo.js"></script>`;
  switch (name) {
    case "growing":
      return place === "vuepress"
        ? `${inHead(`{}, \`${LISTENER.replace(/[`$]/g, "\\$&")}\``)}${frame(embed)}`
        : `${frame(embed)}\n<script>${LISTENER}</script>`;
    case "fixed":
      return place === "jsx" ? frame(embed).replace('style="border: 0"', "style={{ border: 0 }}") : frame(embed);
    case "element":
      if (place === "vuepress") {
        const head = inHead(`{ type: "module", src: ${JSON.stringify(`${embed.folder}cross-entropy-demo.js`)} }`);
        return `${head}${element(embed).replace("<cross-entropy-demo", "$& v-pre")}`;
      }
      return `${place === "jsx" ? script.replace(" src", " async src") : script}\n${element(embed)}`;
  }
}

/** Scripts in markdown would become a part of the article's own component: they go into the head of all pages. */
function inHead(script: string): string {
  return `// .vuepress/config.js, .vitepress/config.js\nhead: [["script", ${script}]],\n\n<!-- *.md -->\n`;
}

function frame(embed: Embed): string {
  const { title, height } = embed;
  return `<iframe src="${escapeAttribute(address(embed))}" title="${escapeAttribute(title)}" loading="lazy" allow="clipboard-write" width="100%" height="${height}" style="border: 0"></iframe>`;
}

function element(embed: Embed): string {
  const { query, hash, title } = embed;
  const attributes = attributesOf(query, hash)
    .map(([name, text]) => (text === "" ? ` ${name}` : ` ${name}="${escapeAttribute(text)}"`))
    .join("");
  return `<cross-entropy-demo${attributes}><a href="${escapeAttribute(address(embed))}">${escapeAttribute(title)}</a></cross-entropy-demo>`;
}

function address({ folder, query, packed }: Embed): string {
  return `${folder}index.html${query}${packed === "" ? "" : `#${packed}`}`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
