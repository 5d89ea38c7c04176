// What articles show are files of this site: those of the version of celoss that is installed.
const { cpSync } = require("node:fs");
const { join } = require("node:path");

for (const file of ["index.html", "cross-entropy-demo.js"]) {
  cpSync(require.resolve(`celoss/${file}`), join(hexo.source_dir, "celoss", file));
}
