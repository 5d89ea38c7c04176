// The numbers of a batch, piece by piece. Between the pieces others get a turn.
import type { Place } from "../../api/marshal.ts";
import { columns, floats, labels } from "./arrays.ts";
import type { Plan } from "./findings.ts";
import type { Brought, BroughtTensor, DiagnoseOptions } from "./types.ts";

/** So many numbers are read without a look at the clock. */
const PIECE = 2 ** 18;
/** So long nobody else gets a turn, in milliseconds. */
const TURN = 25;

/** As cpp/bindings/module.h counts them. */
export const TARGET_TYPES = { int32: 0, int64: 1, float64: 2 };

/** Samples n0 to n0 + n, and of these the columns d0 to d0 + d, with their numbers. */
export interface Piece extends Range {
  readonly logits: Place<"float64">;
  readonly target: Place<"float64" | "int32" | "int64"> | undefined;
}

interface Range {
  readonly n0: number;
  readonly n: number;
  readonly d0: number;
  readonly d: number;
}

/** All pieces, in the order in which their samples lie. Rejects with the signal's reason. */
export async function* inTurns(
  { logits, target }: Brought,
  plan: Plan,
  { onProgress, signal }: DiagnoseOptions,
): AsyncGenerator<Piece> {
  const [N, C, D] = plan.shape;
  let turn = performance.now();
  for (const range of ranges(plan, lastOf(logits as BroughtTensor, plan))) {
    const { n0, n, d0, d } = range;
    if (performance.now() - turn > TURN) {
      onProgress?.((n0 * D + d0) / (N * D));
      await new Promise((resolve) => setTimeout(resolve));
      turn = performance.now();
    }
    signal?.throwIfAborted();
    const part = (tensor: BroughtTensor) =>
      d === D ? floats(tensor, n0 * C * D, (n0 + n) * C * D) : columns(tensor, plan.shape, n0, d0, d);
    const first = n0 * D + d0;
    const y =
      !target || plan.target === "none"
        ? undefined
        : plan.target === "probabilities"
          ? part(target)
          : labels(target, first, first + n * d);
    yield { ...range, logits: part(logits as BroughtTensor), target: y };
  }
  onProgress?.(1);
}

/** The size of the last axis, where it is not the classes; what is along it stays together if a piece has room. */
const lastOf = ({ shape }: BroughtTensor, { classAxis }: Plan): number =>
  classAxis + 1 < shape.length ? (shape.at(-1) as number) : 1;

function* ranges({ shape: [N, C, D], isAmbiguous }: Plan, last: number): Generator<Range> {
  if (C * D <= PIECE || isAmbiguous) {
    const most = Math.max(1, Math.floor(PIECE / Math.max(1, C * D)));
    for (let n0 = 0; n0 < N; n0 += most) yield { n0, n: Math.min(most, N - n0), d0: 0, d: D };
    return;
  }
  const room = Math.max(1, Math.floor(PIECE / C));
  const most = last > 0 && last <= room ? room - (room % last) : room;
  for (let n0 = 0; n0 < N; ++n0) {
    for (let d0 = 0; d0 < D; d0 += most) yield { n0, n: 1, d0, d: Math.min(most, D - d0) };
  }
}
