// A world for the command: files by name, and what it prints.

import { run, type World } from "../../../web/src/cli/run.ts";
import { type Brought, type Diagnosis, RULES } from "../../../web/src/lab/diagnosis/types.ts";

export const stuck: Diagnosis = {
  version: "0.1.0",
  read: {
    logits: { shape: [4, 3], dtype: "float32", decimals: 4, classAxis: 1 },
    target: { shape: [4], dtype: "int64", kind: "indices" },
  },
  loss: { value: 0.6243, plusMinus: 0.0001, reduction: "mean", divisor: 4, accuracy: 0.75 },
  verdict: "softmax-in-front",
  findings: [
    {
      id: "softmax-in-front",
      severity: "warning",
      where: { rows: 4 },
      proof: {
        classes: 3,
        floor: 0.5514,
        ceiling: 1.5514,
        rowSumError: 5e-5,
        tolerance: 2e-4,
        evidence: 12.4,
        oneHot: false,
        top: Number.POSITIVE_INFINITY,
      },
      fixedLoss: 0.0434,
    },
  ],
  unchecked: ["reported-loss"],
};

export const rules: readonly string[] = RULES;

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What was diagnosed. */
  readonly brought: Brought | null;
}

export async function ran(
  args: string,
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {},
  world: Partial<World> = {},
  diagnosis: Diagnosis = stuck,
): Promise<Ran> {
  const said = { out: "", err: "" };
  let brought: Brought | null = null;
  const status = await run(args.split(" ").filter(Boolean), {
    environment: {},
    version: "0.1.0",
    isTerminal: { out: false, err: false },
    open: async (name) => {
      const content = files[name];
      if (content === undefined) throw new Error(`ENOENT: no such file or directory, open '${name}'`);
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    load: async () => ({
      diagnose: async (given) => {
        brought = given;
        return { diagnosis, samples: null };
      },
    }),
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    ...world,
  });
  return { status, ...said, brought };
}
