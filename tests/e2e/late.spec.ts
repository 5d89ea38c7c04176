// What is loaded when it is wanted, the dialogs and the grammar: not before; wherever the page and the element are; and
// what a reader is told where it cannot be loaded.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Driver } from "./driver.ts";
import type { Target } from "./finder.ts";
import { test } from "./fixtures.ts";
import * as on from "./page.ts";
import { says, saysNot, showsLoss } from "./page.ts";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const page = readFileSync(`${dist}index.html`, "utf8");

/** dist/, and in it the element without its other files, and with one of another build. */
const folder = mkdtempSync(join(tmpdir(), "celoss-late-"));
cpSync(dist, folder, { recursive: true });
for (const name of ["alone", "mixed"]) {
  mkdirSync(`${folder}/${name}`);
  cpSync(`${dist}cross-entropy-demo.js`, `${folder}/${name}/cross-entropy-demo.js`);
}
writeFileSync(
  `${folder}/mixed/cross-entropy-demo-dialogs.js`,
  readFileSync(`${dist}cross-entropy-demo-dialogs.js`, "utf8").replace(/build="[^"]+"/, 'build="another"'),
);
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

test.use({ folder });

const opener: Target = { ...on.button("Embed"), in: on.steps.softmax };
const dialog = "Embed in an article";

const areThere = (driver: Driver) => driver.evaluate(() => customElements.get("celoss-embed") !== undefined);

async function opensByKeyboard(driver: Driver): Promise<void> {
  assert.equal(await areThere(driver), false);
  await driver.click(on.cell("p = softmax(x)", 0, 0)); // a frame hears of the focus once it has been clicked
  await driver.evaluate(() => {
    const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
    root?.querySelector<HTMLElement>("#softmax .share-buttons button:last-child")?.focus();
  });
  // The focus alone brings the dialogs, and opens none.
  await driver.eventually(async () => assert.ok(await areThere(driver)));
  await on.isGone(driver, "dialog", dialog);
  await driver.press("Enter");
  await on.hasFocus(driver, "button Close");
  await driver.press("Escape");
  await on.isGone(driver, "dialog", dialog);
  await on.hasFocus(driver, "button Embed");
  assert.deepEqual(await driver.errors(), []);
}

for (const place of ["http", "file", "sandbox", "site"] as const) {
  test.describe(place, () => {
    test.use({ place });
    test("the dialogs come when one of their buttons has the focus", async ({ driver }) => {
      await driver.open("?lang=en&step=softmax");
      await driver.text(opener);
      await opensByKeyboard(driver);
    });
  });
}

const article = (module: string, attributes = "") =>
  `<h1>An article</h1><cross-entropy-demo step="softmax" lang="en"${attributes}></cross-entropy-demo><script type="module" src="${module}"></script>`;

// A back reference to the module by its bare name would load it, Lit and the core a second time.
for (const module of ["/cross-entropy-demo.js", "/cross-entropy-demo.js?v=2"]) {
  test(`what comes late with ${module} comes from beside it, and brings nothing twice`, async ({ driver }) => {
    const files = () => driver.served().filter((path) => path.includes("cross-entropy-demo"));
    await driver.openArticle(article(module, ' x="1,2;3,4.5"'));
    await driver.text(opener);
    await opensByKeyboard(driver);
    assert.deepEqual(files(), ["/cross-entropy-demo.js", "/cross-entropy-demo-dialogs.js"]);
    await driver.click(on.entry(0, 0));
    await driver.paste("[[5, 6], [7, 8]]");
    await on.showsX(driver, on.rows("5 6.0000", "7.0000 8.0000")); // the one with the focus as it is typed
    const grammar = ["/cross-entropy-demo-batch-engine.js", "/cross-entropy-demo-words.js"];
    assert.deepEqual(files().slice(2).toSorted(), grammar);
  });
}

/** The reader is told why, and goes on with everything else. */
async function saysWhy(driver: Driver, ...words: string[]): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    await driver.click(opener);
    await says(driver, on.steps.softmax, "This has not loaded: try again", ...words);
    await saysNot(driver, on.steps.softmax, "One moment");
    await on.hasFocus(driver, "button Embed");
  }
  await on.isGone(driver, "dialog", dialog);
  await driver.fill(on.entry(0, 0), "2");
  await says(driver, on.steps.softmax, "0.6839");
}

test("an element without its other files says which", async ({ driver }) => {
  await driver.openArticle(article("/alone/cross-entropy-demo.js", ' x="[[1,2],[3,4]]"'));
  const unread = "what reads such a text has not loaded: ";
  await says(driver, { role: "status", name: "What could not be read" }, `“x” is not used: ${unread}`);
  await saysWhy(
    driver,
    "cross-entropy-demo-dialogs.js, belong beside cross-entropy-demo.js",
    "What the browser says: ",
  );
  await driver.click(on.entry(0, 0));
  await driver.paste("[[1, 2], [3, 4]]");
  await says(driver, on.steps.softmax, `Not pasted: ${unread}`, "x is as it was.");
  await driver.click(on.button("Try again"));
  await says(driver, on.steps.softmax, "0.6839", `Not pasted: ${unread}`);
});

test("an element with files of another build says so", async ({ driver }) => {
  await driver.openArticle(article("/mixed/cross-entropy-demo.js"));
  await saysWhy(driver, "cross-entropy-demo-dialogs.js is not of the same build as cross-entropy-demo.js");
});

test.describe("a policy that lists what runs on arrival, and nothing that comes late", () => {
  const [, ...running] = page.replace(/<script type="text\/plain"[^>]*>.*?<\/script>/gs, "").split(/<script[^>]*>/);
  const hashes = running.map((rest) => {
    const [text = ""] = rest.split("</script>");
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  });
  test.use({ policy: `script-src ${hashes.join(" ")} 'wasm-unsafe-eval'` });
  test("leaves the page, and words where a dialog would be", async ({ driver }) => {
    await driver.open("?lang=en");
    await showsLoss(driver, "1.0646");
    await saysWhy(driver, "A security policy keeps the script dialogs from running");
  });
});
