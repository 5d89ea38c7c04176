// What articles show are files of this site: those of the version of celoss that is installed.
const { cpSync, readdirSync } = require("node:fs");
const { dirname, join } = require("node:path");

const dist = dirname(require.resolve("celoss/index.html"));
for (const file of readdirSync(dist)) {
  if (/^(index\.html|cross-entropy-demo.*\.js)$/.test(file))
    cpSync(join(dist, file), join(hexo.source_dir, "celoss", file));
}
