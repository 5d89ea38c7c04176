import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MEASURES, WORDS } from "../../../../web/src/lab/diagnosis/findings.ts";
import { type Brought, RULES } from "../../../../web/src/lab/diagnosis/types.ts";
import { VERSION } from "../../../../web/src/lab/diagnosis/version.ts";
import { lab } from "../core.ts";
import { core, diagnose, labels, tensor } from "./core.ts";
import { keysOf } from "./manual.ts";

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");

it("has the package's version", () => {
  expect(VERSION).toBe(JSON.parse(read("web/package.json")).version);
});

/** What the core calls its rules, measures or words. */
function namesOf(list: string): string[] {
  const [, names = ""] = new RegExp(`${list}_names\\[\\] = \\{([^}]*)\\}`).exec(read("cpp/src/lab/finding.cpp")) ?? [];
  return [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}

it("names its rules, measures and words as the core does, in its order", () => {
  const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  expect(namesOf("rule")).toEqual([...RULES]);
  expect(namesOf("measure").map(camelCase)).toEqual([...MEASURES]);
  expect(namesOf("word").map(camelCase)).toEqual([...WORDS]);
});

/** The numbers that the manual of the rules promises in `proof`, those of the look-up alone among them. */
function promised(rule: string): string[] {
  const [, row = ""] = new RegExp(`^// ${rule} .* \\| (.*)$`, "m").exec(read("web/src/lab/diagnosis/types.ts")) ?? [];
  const names = row.replace(/\([^)]*\)/g, "").replace(/[[\]]/g, "");
  return names
    .split(", ")
    .map((name) => name.trim())
    .filter((name) => !["", "–", "error"].includes(name));
}

it("leaves nothing out of a look-up: what is not known is null", async () => {
  const exact = (value: number) => ({ value, decimals: 4 });
  const lookUps: Brought[] = [
    { loss: exact(0.5514), classes: 3 },
    { loss: exact(0.5514), classes: 3, accuracy: exact(1) },
    { loss: exact(0.5514) },
    { loss: exact(1.0986), classes: 3, accuracy: exact(0.33) },
    { loss: exact(1.0986) },
    { loss: exact(0), classes: 1 },
    { loss: exact(0) },
    { loss: exact(-1), classes: 3 },
    { loss: exact(Number.NaN), classes: 3 },
    { loss: exact(Number.POSITIVE_INFINITY), classes: 3 },
    { loss: exact(1.2), classes: 3, accuracy: exact(1) },
    { loss: exact(0.1), classes: 3, accuracy: exact(0.5) },
    ...[2, 3, 10, 100, 1000].flatMap((classes) =>
      Array.from({ length: 60 }, (_, i): Brought => ({ loss: exact(i / 20), classes, accuracy: exact(0.99) })),
    ),
    ...Array.from({ length: 60 }, (_, i): Brought => ({ loss: exact(i / 20), classes: 10, labelSmoothing: 0.1 })),
  ];
  const seen = new Set<string>();
  for (const brought of lookUps) {
    for (const { id, proof } of (await diagnose(brought)).findings) {
      seen.add(id);
      const optional = ["possible", "settledBy"];
      expect({
        id,
        proof: Object.keys(proof)
          .filter((name) => !optional.includes(name))
          .sort(),
      }).toEqual({
        id,
        proof: promised(id).sort(),
      });
    }
  }
  expect([...seen].sort()).toEqual([
    "all-ignored",
    "at-chance",
    "bounded-logits",
    "loss-accuracy-inconsistent",
    "negative-loss",
    "nonfinite-logits",
    "one-class",
    "smoothing-floor",
    "softmax-in-front",
    "softmax-twice-in-front",
  ]);
});

const probabilities = [
  [0.9, 0.05, 0.05],
  [0.1, 0.8, 0.1],
  [0.2, 0.1, 0.7],
];

describe("a diagnosis", () => {
  it("is healthy for the note's own numbers", async () => {
    const x = [
      [0.7459, 0.5881, 0.4795],
      [0.2894, 0.0568, 0.3439],
      [0.6124, 0.7558, 0.4308],
    ];
    const { verdict, findings, loss } = await diagnose({
      logits: tensor(x, { decimals: 4 }),
      target: labels([0, 1, 1]),
    });
    expect({ verdict, findings }).toEqual({ verdict: "healthy", findings: [] });
    expect(loss?.value).toBeCloseTo(1.0646, 4);
    expect(loss).toMatchObject({ reduction: "mean", divisor: 3, accuracy: 2 / 3 });
    expect(loss?.plusMinus).toBeGreaterThan(0);
    expect(loss?.plusMinus).toBeLessThan(0.0001);
  });

  it("finds the softmax in front, and says the loss without it", async () => {
    const { verdict, findings } = await diagnose({
      logits: tensor(probabilities, { decimals: 4 }),
      target: labels([0, 1, 2]),
    });
    expect(verdict).toBe("softmax-in-front");
    expect(findings[0]).toMatchObject({
      severity: "warning",
      where: { rows: 3 },
      proof: { classes: 3, oneHot: false },
    });
    expect(findings[0]?.fixedLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.7)) / 3, 6);
  });

  it("says PyTorch's words, and the loss that labels from 0 would have", async () => {
    const { verdict, findings, loss } = await diagnose({ logits: tensor(probabilities), target: labels([1, 2, 3]) });
    expect(verdict).toBe("labels-from-one");
    expect(loss).toBeNull();
    expect(findings[0]?.proof).toMatchObject({ label: 3, error: "Target 3 is out of bounds." });
    const right = await diagnose({ logits: tensor(probabilities), target: labels([0, 1, 2]) });
    expect(findings[0]?.fixedLoss).toBeCloseTo(right.loss?.value as number, 12);
  });

  it("looks a loss up", async () => {
    const loss = { value: 1.4612, decimals: 4 };
    const accuracy = { value: 0.99, decimals: 2 };
    const { verdict, findings } = await diagnose({ loss, accuracy, classes: 10 });
    expect(verdict).toBe("softmax-in-front");
    expect(findings[0]).toMatchObject({ severity: "warning", proof: { classes: 10, accuracy: 0.99 } });
  });
});

describe("the samples", () => {
  const x = [
    [5, 0, 0, 0],
    [0, 0, 3, 1],
    [0, 9, 0, 0],
  ];

  it("come the worst first, and those that are ignored last", async () => {
    const { samples } = await core.diagnose({ logits: tensor(x), target: labels([0, 1, -100]) });
    expect([...(samples?.order ?? [])]).toEqual([1, 0, 2]);
    expect([...(samples?.predictions ?? [])]).toEqual([0, 2, 1]);
    expect([...(samples?.correct ?? [])]).toEqual([1, 0, 0]);
    expect(samples?.confusion?.[1 * 4 + 2]).toBe(1);
    expect(samples?.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it("have no loss where the label is no class: those come behind all that have one, and before what is ignored", async () => {
    const { samples } = await core.diagnose({ logits: tensor(x), target: labels([-100, 4, 1]) });
    expect(samples).toMatchObject({ order: Uint32Array.of(2, 1, 0), counted: 1 });
    expect(samples?.losses[1]).toBeNaN();
    expect(samples?.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it("are right or wrong with a confidence, of which the core counts twentieths", async () => {
    const { samples } = await core.diagnose({ logits: tensor(x), target: labels([0, 1, -100]) });
    const { mean, most, right, wrong } = samples?.confidence ?? expect.fail();
    const [first = 0, second = 0] = samples?.confidences ?? [];
    expect(mean).toBeCloseTo((first + second) / 2, 6);
    expect(most).toBeCloseTo(Math.E / (Math.E + 3), 12);
    const ones = (bin: number) => Array.from({ length: 20 }, (_, i) => (i === bin ? 1 : 0));
    expect([right, wrong]).toEqual([ones(Math.floor(first * 20)), ones(Math.floor(second * 20))]);
  });

  it("share their columns in the lesson, up to eight with a label each, and have their own losses there to the last digit", async () => {
    const C = 100;
    const rows = Array.from({ length: 12 }, (_, row) =>
      Array.from({ length: C }, (_, column) => 20 * Math.sin(row * 78.233 + column * 12.9898)),
    );
    const { samples } = await core.diagnose({
      logits: tensor(rows),
      target: labels(rows.map((_, row) => (row < 8 ? 11 * row : 5))),
    });
    for (const chosen of [[3], [9, 0], [0, 1, 2, 3, 4, 5, 6, 7], [8, 11, 2, 9]]) {
      const lesson = samples?.lesson(chosen, 10) ?? expect.fail();
      expect(lesson.classes).toHaveLength(10);
      chosen.forEach((sample, row) => {
        const data = lesson.logits.data.slice(10 * row, 10 * row + 10);
        const { loss } = lab.crossEntropy({ data, shape: [1, 10] }, [lesson.labels?.[row] ?? -1]);
        expect(Math.fround(loss)).toBe(samples?.losses[sample]);
      });
    }
  });

  it("go into the lesson with a rest, and keep their losses", async () => {
    const { samples } = await core.diagnose({ logits: tensor(x), target: labels([0, 1, 3]) });
    const lesson = samples?.lesson([1], 3);
    expect(lesson?.classes).toEqual([1, 2, null]);
    const [a = 0, b = 0, rest = 0] = lesson?.logits.data ?? [];
    expect(rest).toBeCloseTo(Math.log(Math.exp(0) + Math.exp(1)), 12);
    const loss = Math.log(Math.exp(a) + Math.exp(b) + Math.exp(rest)) - a;
    expect(loss).toBeCloseTo(samples?.losses[1] as number, 6);
    expect(lesson?.labels).toEqual([0]);
  });
});

it("tells how far it is, and can be given up", async () => {
  const shape = [4000, 1000];
  const data = Float32Array.from({ length: 4_000_000 }, (_, i) => Math.sin(i * 12.9898) * 5);
  const logits = { shape, dtype: "float32", stated: true, decimals: null, data } as const;
  const done: number[] = [];
  await core.diagnose({ logits }, { onProgress: (part) => done.push(part) });
  expect(done.at(-1)).toBe(1);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await expect(core.diagnose({ logits }, { signal: controller.signal })).rejects.toThrow("enough");
});

describe("what is not known", () => {
  /** Every combination of some shapes, numbers, labels and options, of which many are refused. */
  function* calls(): Generator<Brought> {
    const shapes = [[], [3], [4, 3], [4, 1], [2, 3, 4], [2, 4, 3], [3, 3, 3], [1, 2, 2, 3]];
    const fills: readonly ((i: number) => number)[] = [
      (i) => 5 * Math.sin(i * 12.9898),
      (i) => (i % 3 === 0 ? 1 : 0),
      () => Number.NaN,
      (i) => (i % 4 === 0 ? Number.POSITIVE_INFINITY : 1e9 * Math.sin(i)),
    ];
    const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
    const others = [
      {},
      { labelSmoothing: 0.1 },
      { ignoreIndex: 1, reduction: "sum" },
      { loss: { value: -1, decimals: 0 } },
    ] as const;
    for (const shape of shapes) {
      for (const targetShape of shapes) {
        for (const [f, fill] of fills.entries()) {
          for (const dtype of ["int64", "float32"] as const) {
            const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => fill(i));
            const numbers = Array.from({ length: sizeOf(targetShape) }, (_, i) => (i + f) % 3);
            const logits = { shape, dtype: "float32", stated: true, decimals: null, data } as const;
            const target = {
              shape: targetShape,
              dtype,
              stated: true,
              decimals: null,
              data: dtype === "int64" ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers),
            };
            for (const other of others) yield { logits, target, ...other };
          }
        }
      }
    }
  }

  it("is null, and never left out: every finding has all the numbers of its rule", async () => {
    const seen = new Set<string>();
    for (const call of calls()) {
      for (const { id, where, proof } of await diagnose(call).then(({ findings }) => findings)) {
        seen.add(id);
        const names = Object.keys({ ...where, ...proof });
        const left = (keysOf.get(id)?.usual ?? []).filter((name) => !names.includes(name));
        expect(left, `${id} of ${call.logits?.shape} with ${call.target?.shape}`).toEqual([]);
      }
    }
    expect(seen.size).toBeGreaterThan(15);
  });
});

it("says of a batch of NaN that it is one, and nothing of how large it is or of rows that are the same", async () => {
  const logits = tensor(Array.from({ length: 6 }, () => [Number.NaN, Number.NaN, Number.NaN]));
  const { findings } = await diagnose({ logits, target: labels([0, 1, 2, 0, 1, 2]) });
  expect(findings.map(({ id }) => id)).toEqual(["nonfinite-logits"]);
});

it("tells a softmax along the last axis of a map so large that it comes in pieces of a sample", async () => {
  const [C, H, W] = [3, 400, 400];
  const data = Float32Array.from({ length: C * H * W }, (_, i) => Math.exp(2 * Math.sin(i * 12.9898)));
  for (let line = 0; line < data.length; line += W) {
    const numbers = data.subarray(line, line + W);
    const sum = numbers.reduce((total, value) => total + value, 0);
    numbers.forEach((value, i) => {
      numbers[i] = value / sum;
    });
  }
  const target = labels([Array.from({ length: H }, (_, i) => Array.from({ length: W }, (_, j) => (i + j) % C))]);
  const logits = { shape: [1, C, H, W], dtype: "float32", stated: true, decimals: null, data } as const;
  const { verdict, findings } = await diagnose({ logits, target });
  expect(verdict).toBe("softmax-over-axis");
  expect(findings[0]?.where).toEqual({ columns: C * H });
});
