// The real Python, with NumPy and PyTorch.
import { execFileSync } from "node:child_process";
import { vi } from "vitest";

// Importing PyTorch takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const python = ["python3", "/usr/bin/python3"].find((program) => {
  try {
    execFileSync(program, ["-c", "import numpy, torch"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** What a script prints. */
export function run(script: string, input = ""): string {
  if (!python) throw new Error("No Python with PyTorch. On Debian: sudo apt-get install python3-torch python3-numpy");
  const env = { ...process.env, PYTHONIOENCODING: "utf-8" };
  return execFileSync(python, ["-c", script], { input, encoding: "utf8", env });
}
