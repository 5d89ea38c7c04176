// The command, as npm has installed it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { test } from "@playwright/test";
import { elsewhere } from "./elsewhere.ts";

const folder = elsewhere("consumer");

function celoss(words: string[], input = "", environment: Record<string, string> = {}) {
  const { FORCE_COLOR, NO_COLOR, ...rest } = process.env; // of the runner
  const env = { ...rest, LANG: "C", ...environment };
  const { status, stdout, stderr } = spawnSync("npx", ["celoss", ...words], {
    cwd: folder,
    input,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

const softmaxed =
  "tensor([[0.9000, 0.0500, 0.0500],\n        [0.1000, 0.8000, 0.1000],\n        [0.0100, 0.0300, 0.9600]])";
const labels = "tensor([0, 1, 2])";

/** The JSON object's keys, which are all there, whatever is known. */
const KEYS = ["version", "read", "loss", "verdict", "findings", "unchecked"];

test("diagnoses files", () => {
  writeFileSync(`${folder}/x.txt`, softmaxed);
  writeFileSync(`${folder}/y.txt`, labels);
  const { status, stdout, stderr } = celoss(["diagnose", "x.txt", "y.txt", "--json"]);
  assert.deepEqual([status, stderr], [1, ""]);
  const diagnosis = JSON.parse(stdout);
  assert.deepEqual(Object.keys(diagnosis), KEYS);
  assert.equal(diagnosis.verdict, "softmax-in-front");
  assert.deepEqual(diagnosis.read.logits, { shape: [3, 3], dtype: "float32", decimals: 4, classAxis: 1 });
  assert.deepEqual(Object.keys(diagnosis.findings[0]), ["id", "severity", "where", "proof", "fixedLoss"]);
});

test("diagnoses standard input, in sentences and colours", () => {
  const { status, stdout } = celoss(["diagnose", "-"], `${softmaxed}\n${labels}`, { FORCE_COLOR: "1" });
  assert.equal(status, 1);
  assert.ok(stdout.includes("\u001b[33mwarning\u001b[0m"), stdout);
  const plain = celoss(["diagnose", "-", "--lang", "zh"], `${softmaxed}\n${labels}`).stdout;
  assert.match(plain, /^警告 损失前面多了一层 softmax/m);
});

test("finds nothing wrong with what is right", () => {
  const logits = "[[4.0321, -1.2, 0.3], [-2.5, 3.75, 1.125], [0.5, -0.25, 5.5], [2.875, 0.1, -3.3]] [0, 1, 2, 0]";
  const { status, stdout } = celoss(["diagnose", "-", "--json"], logits);
  assert.equal(JSON.parse(stdout).verdict, "healthy");
  assert.equal(status, 0);
});

test("looks a loss up", () => {
  const { status, stdout } = celoss(["diagnose", "--loss", "0.5514", "--classes", "3", "--accuracy", "100%", "--json"]);
  const { read, verdict } = JSON.parse(stdout);
  assert.deepEqual([status, read, verdict], [1, { logits: null, target: null }, "softmax-in-front"]);
});

for (const [what, words, input] of [
  ["a file that is not there", ["diagnose", "none.npy"], ""],
  ["an unknown option", ["diagnose", "x.txt", "--los", "1"], ""],
  ["a print that is cut", ["diagnose", "-"], "tensor([[1., 2., ..., 3.]])"],
  ["no arguments", ["diagnose"], ""],
] as const) {
  test(`says why it cannot read ${what}, on standard error alone`, () => {
    const { status, stdout, stderr } = celoss([...words], input);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^celoss: ./);
    assert.doesNotMatch(stderr, / at .*celoss-cli/);
  });
}

test("may be read by half", () => {
  const { status, stdout } = spawnSync("sh", ["-c", "npx celoss --help | head -n 1"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.deepEqual([status, stdout], [0, "Why isn't my loss zero? Finds out from the numbers themselves.\n"]);
});
