// Frames are as high as READMEs and examples say: ./build.sh heights writes it.
import assert from "node:assert/strict";
import { STEPS } from "../../web/src/state/steps.ts";
import { FILES, framesIn, tableIn, type Written } from "../heights/files.ts";
import type { Driver } from "./driver.ts";
import { test } from "./fixtures.ts";

/** Frames that show the same, at several widths. */
async function areSo(driver: Driver, address: string, frames: readonly Written[]): Promise<void> {
  await driver.open(address);
  for (const { width, height } of frames) {
    await driver.resize(width, 600);
    await driver.eventually(async () => {
      const needed = await driver.evaluate(() => document.documentElement.getBoundingClientRect().height);
      assert.ok(Math.abs(needed / height - 1) < 0.05, `${height} is written for ${width}, ${needed} is needed`);
    });
  }
}

for (const file of FILES) {
  for (const frame of framesIn(file)) {
    test(`the frame in ${file} with ${frame.address}`, ({ driver }) => areSo(driver, frame.address, [frame]));
  }
}

for (const step of STEPS) {
  for (const language of ["en", "zh"]) {
    const address = `?step=${step}&lang=${language}`;
    const row = tableIn("web/README.md").filter((frame) => frame.address === address);
    test(`the table has the heights of ${address}`, async ({ driver }) => {
      assert.equal(row.length, 3);
      await areSo(driver, address, row);
    });
  }
}
