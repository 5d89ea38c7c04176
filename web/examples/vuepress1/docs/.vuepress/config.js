const { cpSync, readdirSync } = require("node:fs");
const { dirname, join } = require("node:path");

// What articles show are files of this site: those of the version of celoss that is installed. Never bundled, for webpack 4
// does not read what is written today; and never public/index.html, which is the site's own.
const dist = dirname(require.resolve("celoss/index.html"));
for (const file of readdirSync(dist)) {
  if (/^(index\.html|cross-entropy-demo.*\.js)$/.test(file))
    cpSync(join(dist, file), join(__dirname, "public/celoss", file));
}

module.exports = {
  title: "笔记",
  locales: { "/": { lang: "zh-CN" } },
  head: [
    ["link", { rel: "icon", href: "data:," }],
    // A script in markdown would be taken for the article's own component.
    ["script", { type: "module", src: "/celoss/cross-entropy-demo.js" }],
  ],
};
