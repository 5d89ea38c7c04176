import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { defineConfig } from "vitepress";

// What the frame shows is a file of this site: the page of the version of celoss that is installed.
cpSync(createRequire(import.meta.url).resolve("celoss/index.html"), "public/celoss.html");

export default defineConfig({
  lang: "zh-CN",
  title: "笔记",
  head: [["link", { rel: "icon", href: "data:," }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "cross-entropy-demo" } } },
});
