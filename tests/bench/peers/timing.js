// Times celoss and its peers: for every shape, mode and operation all of them in turn, round after round.
import { ours, peers, plain } from "./peers.js";

const shapes = [
  [3, 3],
  [32, 10],
  [128, 1000],
  [1024, 1000],
  [64, 50257],
  [16, 128256],
  [4096, 10],
  [65536, 10],
];
// In milliseconds: a batch is short enough to get through on a busy machine, and long for a browser's clock.
const batch = 5;
const patience = 2000; // for one row, but there are some rounds at least
const rounds = { least: 5, most: 25 };
const tolerance = 1e-4; // of a loss, and of a gradient times N, to the plain loop's

/**
 * Resolves to { rows, peers, failures }. A row is { N, C, mode, operation, nanoseconds, ratios }: how long celoss takes
 * per logit, and how many times longer each peer takes, by its name; peers are { name, unsafe }.
 */
export async function compare() {
  const rows = [];
  const failures = [];
  for (const [N, C] of shapes) {
    const problem = makeProblem(N, C);
    const opened = [await open(ours, problem)];
    for (const peer of peers) {
      if (N * C > peer.most) continue;
      try {
        opened.push(await open(peer, problem));
      } catch (error) {
        failures.push(`${peer.name}, ${N} x ${C}: ${error.message}`);
      }
    }
    for (const mode of ["api", "resident"]) {
      for (const operation of ["forward", "gradient"]) {
        const contenders = opened
          .filter((runner) => runner[mode]?.[operation])
          .map((runner) => ({ peer: runner.peer, run: runner[mode][operation] }));
        rows.push({ N, C, mode, operation, ...(await race(contenders, N * C)) });
      }
    }
    for (const { peer, close } of opened) {
      await peer.select?.();
      await close();
    }
  }
  return { rows, failures, peers: peers.map(({ name, unsafe }) => ({ name, unsafe })) };
}

/** The same numbers every time: logits from -4 to 4. */
function makeProblem(N, C) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const logits = Float32Array.from({ length: N * C }, () => random() * 8 - 4);
  const target = Int32Array.from({ length: N }, () => Math.floor(random() * C));
  const { api } = plain.open({ N, C, logits, target });
  return { N, C, logits, target, loss: api.gradient(), gradient: api.read() };
}

/** Makes a peer ready, and refuses it if it is wrong. */
async function open(peer, problem) {
  await peer.select?.();
  const opened = await peer.open(problem);
  for (const mode of ["api", "resident"]) {
    const { forward, gradient, read } = opened[mode] ?? {};
    for (const run of [forward, gradient]) if (run) expectClose(await run(), problem.loss, "a loss");
    if (gradient) {
      const values = read();
      for (const [i, expected] of problem.gradient.entries()) {
        expectClose(values[i] * problem.N, expected * problem.N, "a gradient times N");
      }
    }
  }
  return { peer, ...opened };
}

function expectClose(value, expected, name) {
  if (!(Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
    throw new Error(`${name} is ${value}, not ${expected}`);
  }
}

/** The first of the contenders against the others: medians of the rounds. */
async function race([first, ...others], size) {
  for (const contender of [first, ...others]) {
    await contender.peer.select?.();
    // Twice, because compilers wake up on the way.
    for (let i = 0; i < 2; i++) contender.calls = await callsInBatch(contender.run);
  }
  const nanoseconds = [];
  const ratios = others.map(() => []);
  const deadline = performance.now() + patience;
  for (let round = 0; round < rounds.least || (round < rounds.most && performance.now() < deadline); round++) {
    for (const [i, other] of others.entries()) {
      await other.peer.select?.();
      const theirs = await time(other.run, other.calls);
      const own = await time(first.run, first.calls);
      nanoseconds.push((own / size) * 1e6);
      ratios[i].push(theirs / own);
    }
  }
  return {
    nanoseconds: median(nanoseconds),
    ratios: Object.fromEntries(others.map(({ peer }, i) => [peer.name, median(ratios[i])])),
  };
}

/** How many calls fill a batch, when no other program takes the processor. */
async function callsInBatch(run) {
  let calls = 1;
  for (;;) {
    const once = Math.min(await time(run, calls), await time(run, calls), await time(run, calls));
    if (once * calls >= batch / 2) return Math.ceil(batch / once);
    calls *= 2;
  }
}

/** Milliseconds of a call. */
async function time(run, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = run();
    if (typeof result !== "number") await result;
  }
  return (performance.now() - start) / calls;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
