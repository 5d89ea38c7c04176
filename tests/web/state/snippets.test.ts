import { describe, expect, it } from "vitest";
import { type Embed, snippet } from "../../../web/src/state/snippets.ts";

const embed: Embed = {
  folder: "https://example.com/celoss/",
  query: "?step=softmax&lang=en",
  hash: "v=1&x=1,2;3,4&y=0,1&step=softmax",
  packed: "v=1&x=1,2;3,4&y=0,1&step=softmax",
  title: 'A "title" & <more>',
  height: 640,
};

const address =
  "https://example.com/celoss/index.html?step=softmax&amp;lang=en#v=1&amp;x=1,2;3,4&amp;y=0,1&amp;step=softmax";
const title = "A &quot;title&quot; &amp; &lt;more&gt;";

describe("snippet", () => {
  it("fixed is one frame that can be read without scripts", () => {
    expect(snippet("fixed", embed)).toBe(
      `<iframe src="${address}" title="${title}" loading="lazy" allow="clipboard-write" width="100%" height="640" style="border: 0"></iframe>`,
    );
  });

  it("growing is the same with a listener of eight lines", () => {
    const [frame, ...listener] = snippet("growing", embed).split("\n");
    expect(frame).toBe(snippet("fixed", embed));
    expect(listener.length).toBe(8);
  });

  it("element says the same by attributes, with a link for where no script runs", () => {
    expect(snippet("element", embed)).toBe(
      `<script type="module" src="https://example.com/celoss/cross-entropy-demo.js"></script>
<cross-entropy-demo step="softmax" lang="en" x="1,2;3,4" y="0,1"><a href="${address}">${title}</a></cross-entropy-demo>`,
    );
  });

  it("has long numbers packed in addresses, and as they are in attributes", () => {
    const long = { ...embed, packed: "z=abc" };
    expect(snippet("fixed", long)).toContain('lang=en#z=abc"');
    expect(snippet("element", long)).toMatch(/ x="1,2;3,4" .*lang=en#z=abc"/);
  });

  it("is in VitePress and VuePress in two parts, the script in the head", () => {
    const [config = "", article] = snippet("growing", embed, "vuepress").split("\n\n<!-- *.md -->\n");
    expect(article).toBe(snippet("fixed", embed));
    const [, , script] = new Function(`return {${config.replace(/^.*\n/, "")}}`)().head[0];
    expect(`${article}\n<script>${script}</script>`).toBe(snippet("growing", embed));
    expect(snippet("element", embed, "vuepress")).toBe(`// .vuepress/config.js, .vitepress/config.js
head: [["script", { type: "module", src: "https://example.com/celoss/cross-entropy-demo.js" }]],

<!-- *.md -->
${snippet("element", embed).split("\n")[1]?.replace(" step", " v-pre step")}`);
  });

  it("has the style of JSX", () => {
    expect(snippet("fixed", embed, "jsx")).toBe(snippet("fixed", embed).replace('"border: 0"', "{{ border: 0 }}"));
    expect(snippet("element", embed, "jsx")).toBe(snippet("element", embed).replace(" src", " async src"));
  });

  it("is Python in notebooks", () => {
    expect(snippet("fixed", embed, "jupyter")).toBe(
      `from IPython.display import IFrame
IFrame("${address.replaceAll("&amp;", "&")}", "100%", 640)`,
    );
  });

  it("lets nothing out of its quotes", () => {
    const hostile = {
      ...embed,
      folder: '"><script>alert(1)</script>',
      hash: 'x="><img src=x onerror=alert(1)>',
      packed: 'x="><img src=x onerror=alert(1)>',
      title: "</iframe>",
    };
    for (const name of ["fixed", "growing", "element"] as const) {
      const text = snippet(name, hostile).replace(/<script>\naddEventListener[\s\S]*/, "");
      expect(text).not.toMatch(/<img|alert\(1\)<\/script>|">(<script>|<img)/);
    }
  });
});
