// The things of the page by the names a reader knows them by, and what it takes to say that they show something.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";
import type { Name, Target } from "./finder.ts";

const region = (name: string): Target => ({ role: "region", name });

export const steps = {
  question: region("Why won’t the loss go to zero?"),
  data: region("1 The data"),
  softmax: region("2 softmax"),
  log: region("3 log"),
  logSoftmax: region("4 log_softmax"),
  nllLoss: region("5 nll_loss"),
  crossEntropy: region("6 cross_entropy"),
  lesson: region("7 No softmax in front"),
  labels: region("8 Labels start at 0"),
};

export const slider: Target = { role: "slider", name: "How sure is the network?" };

export const button = (name: Name): Target => ({ role: "button", name });
export const radio = (name: string): Target => ({ role: "radio", name });
export const link = (name: string): Target => ({ role: "link", name, in: { role: "navigation", name: "Steps" } });

/** A number of x, where it can be changed. */
export const entry = (row: number, column: number): Target => ({
  role: "textbox",
  name: `x, sample ${row}, class ${column}`,
});

/** A label, where it can be picked. */
export const label = (row: number, choice: number): Target => ({
  role: "radio",
  name: String(choice),
  in: { role: "radiogroup", name: `Label of sample ${row}` },
});

/** A label of the last step. */
export const counted = (row: number): Target => ({ role: "spinbutton", name: `Label of sample ${row}, as counted` });

export const cell = (matrix: string, row: number, column: number): Target => ({ matrix, row, column });

/** The rows of a matrix as the reader sees them; a space between two numbers. */
export const rows = (...lines: string[]): string[][] => lines.map((line) => line.split(" "));

/** The numbers of a tensor as PyTorch prints it. */
export const rowsOf = (printed: string): string[][] =>
  printed.split("\n").map((line) => line.match(/-?(\d[\d.]*|inf|nan)/g) ?? []);

/** The column of numbers that PyTorch prints as a row. */
export const columnOf = (printed: string): string[][] => (rowsOf(printed)[0] ?? []).map((number) => [number]);

export function shows(page: Driver, target: Target, text: string): Promise<void> {
  return page.eventually(async () => assert.equal(await page.text(target), text));
}

export function says(page: Driver, target: Target, ...words: string[]): Promise<void> {
  return page.eventually(async () => {
    const text = await page.text(target);
    for (const part of words) assert.ok(text.includes(part), `“${part}” is not in “${text}”`);
  });
}

export function saysNot(page: Driver, target: Target, words: string): Promise<void> {
  return staysSo(page, async () => assert.ok(!(await page.text(target)).includes(words), `still says “${words}”`));
}

/** Not only once: what has not come yet is not there either. */
async function staysSo(page: Driver, check: () => Promise<void>): Promise<void> {
  await page.eventually(check);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await check();
}

export function showsMatrix(page: Driver, name: string, expected: string[][], place?: Target): Promise<void> {
  return page.eventually(async () => assert.deepEqual(await page.cells(name, place), expected));
}

/** x in the table in which it can be changed; behind it stand the labels and a button. */
export function showsX(page: Driver, expected: string[][]): Promise<void> {
  return page.eventually(async () =>
    assert.deepEqual(
      (await page.cells("x, y")).map((row) => row.slice(0, -2)),
      expected,
    ),
  );
}

/** Something visible with this role and name. */
export function isThere(page: Driver, role: string, name: string): Promise<void> {
  return page.eventually(async () => {
    const names = await page.names(role);
    assert.ok(names.includes(name), `no ${role} is named “${name}”, but ${names}`);
  });
}

export function isGone(page: Driver, role: string, name: string): Promise<void> {
  return staysSo(page, async () => assert.ok(!(await page.names(role)).includes(name), `${role} ${name}`));
}

export function isChecked(page: Driver, target: Target): Promise<void> {
  return page.eventually(async () => assert.ok(await page.checked(target), `${JSON.stringify(target)} is not picked`));
}

export function hasAttribute(page: Driver, target: Target, name: string, value: string | null): Promise<void> {
  return page.eventually(async () => assert.equal(await page.attribute(target, name), value));
}

/** The picked labels: their radio buttons, and the rings around the numbers at them. */
export async function showsLabels(page: Driver, labels: number[]): Promise<void> {
  for (const [row, picked] of labels.entries()) {
    await isChecked(page, label(row, picked));
    await hasAttribute(page, cell("p = softmax(x)", row, picked), "data-target", "");
  }
}

/** The loss, in all three ways. */
export function showsLoss(page: Driver, loss: string): Promise<void> {
  return page.eventually(async () => {
    const names = await page.names("button");
    for (const name of ["loss by hand", "nll_loss", "cross_entropy"]) {
      const found = names.filter((other) => other.startsWith(`${name}: `));
      assert.ok(found.length > 0 && found.every((other) => other === `${name}: ${loss}`), `${found} is not ${loss}`);
    }
  });
}

/** A button that can be pressed, or cannot; one that has the focus keeps it, and says so. */
export function isEnabled(page: Driver, name: string, enabled: boolean): Promise<void> {
  return page.eventually(async () => {
    const disabled = await page.attribute(button(name), "disabled");
    const spent = await page.attribute(button(name), "aria-disabled");
    assert.equal(disabled === null && spent !== "true", enabled, name);
  });
}

export function hasFocus(page: Driver, roleAndName: string): Promise<void> {
  return page.eventually(async () => assert.equal(await page.focused(), roleAndName));
}

/** Presses Tab until something has the focus, a dozen times at most. */
export async function tabTo(page: Driver, roleAndName: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 12) {
    await page.press("Tab");
    const focused = await page.focused();
    if (focused === roleAndName) return;
    passed.push(focused);
  }
  assert.fail(`Tab does not reach ${roleAndName}, but ${passed.join(", ")}`);
}
