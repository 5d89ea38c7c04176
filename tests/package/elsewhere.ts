// Where the package is used: in folders from which nothing of this checkout can be found but the package itself.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** As deep as web/examples, so that the examples find build/package where they look for it. */
export const elsewhere = (...path: string[]): string => join(root, "build/elsewhere", ...path);

/** Runs a program; what it prints. Fails with all that it has said. */
export function run(folder: string, program: string, ...words: string[]): string {
  try {
    return execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${words.join(" ")}\n${stdout}${stderr}`);
  }
}

const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

export const npm = (folder: string, ...words: string[]): string => run(folder, "npm", ...words, ...quiet);

/** A program of one of our own packages: the consumer has none. */
export const tool = (path: string): string => join(root, path);
