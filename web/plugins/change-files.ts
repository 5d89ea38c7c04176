// A last change to finished files, after everything has been bundled and inlined.

import type { Plugin } from "vite";

type Change = (source: string) => string;

/** Changes files by the ends of their names: js, css, html. */
export function changeFiles(name: string, changes: Readonly<Record<string, Change>>): Plugin {
  return {
    name,
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const change = changes[/\.(\w+)$/.exec(file.fileName)?.[1] ?? ""];
          if (!change) continue;
          if (file.type === "chunk") file.code = change(file.code);
          else file.source = change(String(file.source));
        }
      },
    },
  };
}

export const changePages = (name: string, change: Change): Plugin => changeFiles(name, { html: change });
