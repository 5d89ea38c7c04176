// The element without a theme is light or dark as the ground that it stands on, however the article says so.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";
import { test } from "./fixtures.ts";

type Ink = "dark ink" | "light ink";

const script = '<script type="module" src="/cross-entropy-demo.js"></script>';
const demo = (attributes = "") =>
  `<cross-entropy-demo step="softmax" lang="en" ${attributes}>fallback</cross-entropy-demo>`;

/** The ink of every demo by the name of the place around it, a section; that may have it in a shadow root of its own. */
function inks(driver: Driver): Promise<Record<string, string>> {
  return driver.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("section")].map((section) => {
        const article = section.querySelector(".host")?.shadowRoot ?? section;
        const page = article.querySelector("cross-entropy-demo")?.shadowRoot?.querySelector(".page");
        if (!page) return [section.title, "nothing"];
        const [red = 0] = getComputedStyle(page).color.match(/\d+/g)?.map(Number) ?? [];
        return [section.title, red < 100 ? "dark ink" : "light ink"];
      }),
    ),
  );
}

async function openPlaces(driver: Driver, head: string, places: Record<string, readonly [string, Ink]>): Promise<void> {
  const sections = Object.entries(places).map(([name, [body]]) => `<section title="${name}">${body}</section>`);
  // Far from the window none would start.
  await driver.resize(700, 1000 * sections.length);
  await driver.openArticle(`<h1>An article</h1>${head}${sections.join("")}${script}`);
  const expected = Object.fromEntries(Object.entries(places).map(([name, [, ink]]) => [name, ink]));
  await driver.eventually(async () => assert.deepEqual(await inks(driver), expected));
  assert.deepEqual(await driver.errors(), []);
}

test("stands on the nearest ground", async ({ driver }) => {
  await openPlaces(driver, "<style>body { background: #fff }</style>", {
    page: [demo(), "dark ink"],
    card: [`<div style="background: oklch(0.25 0.02 260)"><p>${demo()}</p></div>`, "light ink"],
    "light card in a dark one": [
      `<div style="background: #111"><div style="background: #fffef8">${demo()}</div></div>`,
      "dark ink",
    ],
    "light card of a dark color-scheme": [
      `<div style="color-scheme: dark; background: #fffef8">${demo()}</div>`,
      "dark ink",
    ],
    shade: [`<div style="background: rgb(0 0 0 / 0.1)">${demo()}</div>`, "dark ink"],
    "two shades, dark together": [
      `<div style="background: rgb(0 0 0 / 0.5)"><div style="background: rgb(0 0 0 / 0.5)">${demo()}</div></div>`,
      "light ink",
    ],
    "shade on a dark card": [
      `<div style="background: #111"><div style="background: rgb(255 255 255 / 0.06)">${demo()}</div></div>`,
      "light ink",
    ],
    "box that is not drawn": [`<div style="display: contents; background: #000">${demo()}</div>`, "dark ink"],
    "light words on a picture": [
      `<div style="color: #eee; background: linear-gradient(#111, #222)">${demo()}</div>`,
      "light ink",
    ],
    "dark words on a picture": [
      `<div style="color: #111; background: linear-gradient(#eee, #fff)">${demo()}</div>`,
      "dark ink",
    ],
    "ground of its own": [demo('style="background: #123"'), "light ink"],
    "paper of its own": [demo('style="--celoss-paper: #123"'), "light ink"],
    slot: [
      `<div id="frame">${demo()}</div><script>
        document.querySelector("#frame").attachShadow({ mode: "open" }).innerHTML =
          '<div style="background: #181818"><slot></slot></div>';
      </script>`,
      "light ink",
    ],
    "shadow root": [
      `<div style="background: #181818"><div class="host"></div></div><script>
        document.querySelector(".host").attachShadow({ mode: "open" }).innerHTML = '<p></p>${demo()}';
      </script>`,
      "light ink",
    ],
    "light theme on a dark card": [`<div style="background: #111">${demo('theme="light"')}</div>`, "dark ink"],
    "dark theme": [demo('theme="dark"'), "light ink"],
  });
});

for (const [name, style, expected] of [
  ["a page that says nothing", "", "dark ink"],
  ["a dark body", "body { background: #14161a }", "light ink"],
  ["a dark root", "html { background: #14161a }", "light ink"],
  ["color-scheme and nothing else", "html { color-scheme: dark }", "light ink"],
] as const) {
  test(`stands on ${name}: ${expected}`, async ({ driver }) => {
    await openPlaces(driver, `<style>${style}</style>`, { page: [demo(), expected] });
  });
}

test.describe("in a dark system", () => {
  test.use({ colorScheme: "dark" });
  for (const [name, style] of [
    ["a page that says nothing", ""],
    ["a light page", "html { color-scheme: light }"],
    ["a white page that claims to follow the system", "html { color-scheme: light dark } body { background: #fff }"],
  ] as const) {
    test(`stands on ${name}: dark ink`, async ({ driver }) => {
      await openPlaces(driver, `<style>${style}</style>`, { page: [demo(), "dark ink"] });
    });
  }
});

/** Ways to turn an article dark while it is read. */
const turns: Record<string, () => void> = {
  "a class of the body": () => document.body.classList.toggle("theme-mode-dark"),
  "an attribute of the root": () => document.documentElement.toggleAttribute("data-dark"),
  "a style": () => {
    const { style } = document.body;
    style.background = style.background === "" ? "#1e1e22" : "";
  },
  "a class, in the course of a transition": () => document.body.classList.toggle("slow"),
  "a style sheet in the head": () => {
    const sheet = document.querySelector("#sheet");
    if (sheet) sheet.remove();
    else document.head.insertAdjacentHTML("beforeend", '<style id="sheet">html body { background: #1e1e22 }</style>');
  },
  "a style sheet that is loaded": () => {
    const link = document.querySelector("link[rel=stylesheet]");
    if (link) link.remove();
    else {
      const sheet = new Blob(["html body { background: #1e1e22 }"], { type: "text/css" });
      document.head.insertAdjacentHTML("beforeend", `<link rel="stylesheet" href="${URL.createObjectURL(sheet)}">`);
    }
  },
  "a rule that is nowhere in the page, which turns the words too": () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("html body { color: #ddd; background: #1e1e22 }");
    document.adoptedStyleSheets = document.adoptedStyleSheets.length > 0 ? [] : [sheet];
  },
  "a checkbox and nothing else": () => document.querySelector<HTMLElement>("#dark")?.click(),
  "a move to another place": () => {
    const demo = document.querySelector("cross-entropy-demo");
    const card = document.querySelector("#card");
    if (demo) (demo.parentElement === card ? card?.parentElement : card)?.append(demo);
  },
};

test("follows every way to turn an article dark, and light again", async ({ driver }) => {
  await openPlaces(
    driver,
    `<style>
      body { background: var(--ground, #fff); transition: color 0.1s }
      .theme-mode-dark { --ground: #1e1e22 }
      [data-dark] body { background: #1e1e22 }
      .slow { background: #1e1e22; transition: background-color 0.3s }
      :has(#dark:checked) body { color: #ddd; background: #1e1e22 }
      #card { background: #1e1e22 }
    </style><input type="checkbox" id="dark" aria-label="dark">`,
    { page: [`<div id="card"></div>${demo()}`, "dark ink"] },
  );
  for (const [name, turn] of Object.entries(turns)) {
    for (const expected of ["light ink", "dark ink"]) {
      await driver.evaluate(turn);
      await driver.eventually(async () => assert.deepEqual(await inks(driver), { page: expected }, name));
    }
  }
  // At rest it measures nothing.
  const frames = await driver.evaluate(async () => {
    const rest = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
    await rest(300);
    let frames = 0;
    const { requestAnimationFrame } = globalThis;
    globalThis.requestAnimationFrame = (callback) => {
      frames++;
      return requestAnimationFrame(callback);
    };
    await rest(300);
    return frames;
  });
  assert.equal(frames, 0);
  assert.deepEqual(await driver.errors(), []);
});
