import { expect, it } from "vitest";
import { html, sentFrom, stage, textsOf, violations } from "../stage.ts";

const reading = {
  name: "p, sample 0, class 1",
  parts: ["exp(", { key: "x 0 1", text: "0.5881", class: 1 }, ") / ", { key: "sum 0 0", text: "4.7228", class: null }],
  digits: "0.3259389400482178",
};

const line = (properties: object = {}) =>
  stage("celoss-reading-line", { reading, hint: html`Point at a number.`, close: "Close", ...properties });

it("axe has nothing to say", async () => {
  await line();
  expect(await violations()).toEqual([]);
  await line({ reading: null });
  expect(await violations()).toEqual([]);
});

it("says the number's name, its formula with live operands, and all its digits", async () => {
  const element = await line();
  expect(textsOf(element, ".reading-name")).toEqual([reading.name]);
  expect(textsOf(element, ".reading-formula")).toEqual(["exp(0.5881) / 4.7228"]);
  expect(textsOf(element, ".reading-digits")).toEqual([reading.digits]);
  const operands = [...element.querySelectorAll<HTMLElement>(".operand")].map(({ dataset }) => ({ ...dataset }));
  expect(operands).toEqual([{ operand: "x 0 1", class: "1" }, { operand: "sum 0 0" }]);
});

it("has no digits where there are no more", async () => {
  expect(textsOf(await line({ reading: { ...reading, digits: null } }), ".reading-digits")).toEqual([]);
});

it("shows the hint while nothing is asked, and ends a question by its button", async () => {
  expect(textsOf(await line({ reading: null }), ".hint")).toEqual(["Point at a number."]);
  const element = await line();
  const sent = sentFrom(element);
  // It is in sight where the line is a sheet at the foot of a phone.
  element.querySelector<HTMLElement>("button[aria-label=Close]")?.click();
  expect(sent).toEqual([{ type: "ask", cell: null }]);
});
