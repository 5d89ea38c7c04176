// The chapter "Your own batch" as a reader walks it.
import assert from "node:assert/strict";
import type { Driver } from "./driver.ts";
import type { Target } from "./finder.ts";
import { test } from "./fixtures.ts";
import { npy } from "./npy.ts";
import { button, entry, isChecked, label, says, steps } from "./page.ts";

const batch: Target = { role: "region", name: "9 Your own batch" };
const box: Target = { role: "textbox", name: "Your logits, labels, error text or loss" };
const select = (name: string): Target => ({ role: "combobox", name });

const TEXT = `x = tensor([[0.9891, 0.0072, 0.0037],
        [0.0026, 0.9953, 0.0021],
        [0.0108, 0.0040, 0.9852],
        [0.9979, 0.0013, 0.0008]])
y = tensor([0, 1, 2, 0])`;

async function paste(page: Driver, text: string): Promise<void> {
  await page.open("?lang=en#batch");
  await page.click(box);
  await page.paste(text);
}

/** What the address shows of it. */
const addressIs = (page: Driver, hash: string) =>
  page.eventually(async () => assert.equal(await page.evaluate(() => location.hash), hash));

test("is pasted into, says what was read and what is wrong, and shows it in the lesson", async ({ driver }) => {
  await paste(driver, TEXT);
  await says(driver, batch, "softmax output already", "cannot go below 0.5514", "The batch: 4 samples");
  await says(driver, batch, "float32 by its look, 4 decimals, line 1");
  await driver.click({ role: "checkbox", name: "Choose sample 2" });
  await driver.click({ role: "checkbox", name: "Choose sample 0" });
  await says(driver, batch, "2 of 8 chosen: 2 and 0");
  await driver.click({ role: "link", name: "Take the 2 chosen into the worked example" });
  await says(driver, steps.data, "From your batch: samples 2 and 0", "Back to the batch");
  await isChecked(driver, label(0, 2));
  await driver.click({ role: "link", name: "Back to the batch" });
  await says(driver, batch, "The batch: 4 samples", "2 of 8 chosen: 2 and 0");
  assert.deepEqual(await driver.errors(), []);
});

test("answers a link, takes a correction, and takes it back; the address says so", async ({ driver }) => {
  await driver.open("?lang=en#v=1&classes=10&loss=1.4612&accuracy=99%25&weight=1,b&step=batch");
  await says(driver, batch, "between 1.4612 and 2.4612", "The accuracy is 99 %.");
  await says(driver, { role: "status", name: "What could not be read" }, "“weight” cannot be “1,b”, only numbers");
  await addressIs(driver, "#v=1&classes=10&loss=1.4612&accuracy=0.99&step=batch");
  await driver.click(box);
  await driver.paste(TEXT);
  await says(driver, batch, "the mean divides by 4");
  await addressIs(driver, "#batch");
  await driver.fill({ role: "textbox", name: "ignore_index" }, "0");
  await driver.press("Enter");
  await says(driver, batch, "the mean divides by 2");
  await addressIs(driver, "#v=1&ignore-index=0&step=batch");
  await driver.click({ ...button("Undo"), in: batch });
  await says(driver, batch, "the mean divides by 4");
  assert.equal(await driver.text(select("reduction")).then((text) => text.includes("mean")), true);
});

test("is compared with the batch after the fix, and the two are swapped, removed and brought back", async ({
  driver,
}) => {
  await paste(driver, TEXT);
  await says(driver, batch, "The batch: 4 samples");
  await driver.click(button("Compare with another batch"));
  await driver.paste(
    "x = tensor([[9.0, -1.0, 0.5], [-2.0, 8.0, 0.0], [1.0, -3.0, 7.0], [6.0, 2.0, 7.0]])\ny = tensor([0, 1, 2, 0])",
  );
  const comparison: Target = { role: "region", name: "Before and after" };
  await says(
    driver,
    comparison,
    "No longer found",
    "A softmax in front of the loss",
    "3 have a smaller loss than before, and 1 a larger one",
  );
  await says(driver, comparison, "Whose loss rose most", "which divides by 8");
  await driver.click(button("Swap the two"));
  await says(driver, comparison, "1 have a smaller loss than before, and 3 a larger one");
  await driver.click(button("Remove the other batch"));
  await driver.click(button("Bring it back"));
  await says(driver, comparison, "1 have a smaller loss than before, and 3 a larger one");
  assert.deepEqual(await driver.errors(), []);
});

test("refuses with the place, and keeps the text", async ({ driver }) => {
  await paste(driver, "[[1.5, 2],\n [3, abc]]");
  await says(driver, batch, "This could not be read", "Line 2, column 6");
  assert.match(await driver.text(box), /abc/);
});

/** Files, as the reader's chooser hands them over, or as they are let go above the box. */
const give = (page: Driver, how: "choose" | "drop", files: Readonly<Record<string, Buffer>>) =>
  page.evaluate(
    (how, files) => {
      const root = document.querySelector("cross-entropy-demo")?.shadowRoot;
      const given = new DataTransfer();
      for (const [name, bytes] of files) {
        given.items.add(new File([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))], name));
      }
      if (how === "choose") {
        const chooser = root?.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;
        chooser.files = given.files;
        chooser.dispatchEvent(new Event("change", { bubbles: true }));
      } else {
        for (const type of ["dragenter", "dragover", "drop"]) {
          const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: given });
          root?.querySelector("textarea")?.dispatchEvent(event);
        }
      }
    },
    how,
    Object.entries(files).map(([name, bytes]) => [name, bytes.toString("base64")] as const),
  );

test("takes files that are chosen, and files that are dropped", async ({ driver }) => {
  await driver.open("?lang=en&step=batch");
  await driver.text(box); // it is there
  const logits = npy("<f4", [4, 2], Float32Array.of(2, 1, 0, 3, 5, 1, 1, 2));
  await give(driver, "choose", {
    "outputs.npy": logits,
    "labels.npy": npy("<i8", [4], BigInt64Array.of(0n, 1n, 0n, 1n)),
  });
  await says(driver, batch, "outputs.npy", "labels.npy", "The batch: 4 samples", "the mean divides by 4");
  await give(driver, "drop", { "logits.csv": Buffer.from("1.5,0.5,2\n0,1,3\n") });
  await says(driver, batch, "1 decimal, logits.csv");
  await give(driver, "drop", { "logits.npy": logits.subarray(0, 140) });
  await says(driver, batch, "This could not be read", "logits.npy");
  assert.deepEqual(await driver.errors(), []);
});

test("has examples, each with its verdict", async ({ driver }) => {
  await driver.open("?lang=en&step=batch");
  await driver.click(button("a language model’s (N, T, C)"));
  await says(driver, batch, "The logits are (N, T, C)");
  await driver.click(button("a segmentation map"));
  await says(driver, batch, "ignore_index=255");
  assert.deepEqual(await driver.errors(), []);
});

test("reads and judges in the page where no worker can start", async ({ driver }) => {
  await driver.open("?lang=en&step=batch");
  await driver.evaluate(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException("as a policy does", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
  await driver.click(button("a segmentation map"));
  await says(driver, batch, "ignore_index=255");
});

test("takes what is pasted elsewhere and finds no room there", async ({ driver }) => {
  await driver.open("?lang=en");
  await driver.click(entry(0, 0));
  await driver.paste("[[[1.5, 2.0], [0.5, 3.0], [1.0, 0.0]]]");
  await says(driver, batch, "1 decimal,");
  await driver.click(entry(0, 0));
  await driver.paste("1.25 2\n".repeat(9));
  await says(driver, batch, "2 decimals,");
  await says(driver, steps.data, "0.7459");
  assert.deepEqual(await driver.errors(), []);
});
