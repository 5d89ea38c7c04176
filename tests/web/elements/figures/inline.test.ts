import { expect, it } from "vitest";
import { inline } from "../../../../web/src/elements/figures/inline.ts";
import { quoted } from "../../../../web/src/i18n/inline.ts";
import { html, stageTemplate, textsOf } from "../stage.ts";

it("sets code as code, isolates what it quotes, and takes nothing for markup", async () => {
  const place = await stageTemplate(html`<p>${inline(`Call \`f(<b>)\`, not ${quoted("<i>\u202e")}.`)}</p>`);
  expect(textsOf(place, "code")).toEqual(["f(<b>)"]);
  expect(textsOf(place, "bdi")).toEqual(["<i>\\u{202e}"]);
  expect(textsOf(place, "p")).toEqual(["Call f(<b>), not “<i>\\u{202e}”."]);
  expect(place.querySelectorAll("b, i")).toHaveLength(0);
});
