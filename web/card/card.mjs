// The picture that others show with a link to the page, made from the page itself: its opening figure, set for the size.
// node card.mjs FILE... makes it of dist/index.html, with Chromium: ./build.sh card
import { copyFileSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { chromiumToLaunch } from "../programs.mjs";

/** Sure enough that the loss is about to stop, and not so sure that the smaller bars are gone. */
const SHOWN = "?lang=zh&theme=light&hide=share#sharpness=3.5";

/** Runs in the page: other style, and beside the page's words the same in English, which its fallback has. */
function compose(css) {
  const demo = document.querySelector("cross-entropy-demo");
  const figure = demo.shadowRoot.querySelector(".opening");
  const english = (selector) => demo.querySelector(`article[lang="en"] ${selector}`).textContent;
  const style = new CSSStyleSheet();
  style.replaceSync(css);
  demo.shadowRoot.adoptedStyleSheets.push(style);
  for (const [className, textContent] of [
    ["second", english("h1")],
    ["function", "torch.nn.CrossEntropyLoss"],
  ]) {
    const line = Object.assign(document.createElement("p"), { className, lang: "en", textContent });
    figure.querySelector(".step-head").append(line);
  }
  figure.querySelector(".all-right").append(` · ${english(".all-right")}`);
}

const browser = await chromium.launch(chromiumToLaunch());
try {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 630 }, reducedMotion: "reduce" });
  await tab.goto(new URL(`../../dist/index.html${SHOWN}`, import.meta.url).href);
  await tab.locator(".opening .loss-axis").last().waitFor();
  await tab.evaluate(compose, readFileSync(new URL("card.css", import.meta.url), "utf8"));
  // The axis learns its new width, and draws itself in the frame after that.
  await tab.locator(".opening .loss-axis[width='556']").waitFor();
  const [card = "card.png", ...copies] = process.argv.slice(2);
  await tab.screenshot({ path: card });
  for (const copy of copies) copyFileSync(card, copy);
} finally {
  await browser.close();
}
