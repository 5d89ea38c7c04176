#!/usr/bin/env node
// What a shell starts as celoss.

import { readFile } from "node:fs/promises";
import { CelossError, load } from "../lab/diagnosis/index.ts";
import { VERSION } from "../lab/diagnosis/version.ts";
import { STANDARD_INPUT } from "./arguments.ts";
import { run } from "./run.ts";

async function open(file: string): Promise<Uint8Array<ArrayBuffer>> {
  if (file !== STANDARD_INPUT) return new Uint8Array(await readFile(file));
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}

// Whoever reads what is printed may stop early: celoss … | head.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), {
    environment: process.env,
    version: VERSION,
    open,
    load,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: { out: process.stdout.isTTY, err: process.stderr.isTTY },
  });
} catch (error) {
  // A fault of ours is no finding: 1 would say so.
  process.stderr.write(`celoss: ${error instanceof CelossError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}
