// A last change to the finished pages, after everything has been bundled and inlined.

import type { Plugin } from "vite";

export function changePages(name: string, change: (html: string) => string): Plugin {
  return {
    name,
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) file.source = change(String(file.source));
        }
      },
    },
  };
}
