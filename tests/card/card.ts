// The picture that others show with a link to the page, made from the page itself: its opening figure, set for the size.
// ./build.sh card
import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { texts } from "../../web/src/i18n/index.ts";
import { launchChromium } from "../e2e/playwright-driver.ts";

/** Sure enough that the loss is about to stop, and not so sure that the smaller bars are gone. */
const SHARPNESS = "3.5";

/** Runs in the page: other style, and beside the page's words the same in English. */
function compose([css, title, allRight]: readonly string[]): void {
  const figure = document.querySelector("cross-entropy-demo")?.shadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css ?? "");
  figure?.adoptedStyleSheets.push(sheet);
  for (const [className, words] of [
    ["second", title],
    ["function", "torch.nn.CrossEntropyLoss"],
  ]) {
    const line = Object.assign(document.createElement("p"), { className, lang: "en", textContent: words });
    figure?.querySelector(".step-head")?.append(line);
  }
  figure?.querySelector(".all-right")?.append(` · ${allRight}`);
}

export async function makeCard(page: string, card: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 630 }, reducedMotion: "reduce" });
    await tab.goto(`${pathToFileURL(page)}?lang=zh&theme=light`);
    await tab.getByRole("slider").fill(SHARPNESS);
    const css = readFileSync(new URL("card.css", import.meta.url), "utf8");
    await tab.evaluate(compose, [css, texts.en.title, texts.en.question.allRight]);
    // The axis learns its new width, and draws itself in the frame after that.
    await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await tab.locator(".opening .loss-axis[width='556']").waitFor();
    await tab.screenshot({ path: card });
  } finally {
    await browser.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = (name: string) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
  await makeCard(dist("index.html"), dist("card.png"));
  copyFileSync(dist("card.png"), dist("site/card.png"));
  console.log(dist("card.png"));
}
