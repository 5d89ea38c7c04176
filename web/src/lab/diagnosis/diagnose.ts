// A diagnosis: the numbers go through the core in pieces, and between them others get a turn.
import type { DiagnosisWasm } from "diagnosis-wasm";
import { outOfMemory, unexpected } from "../../api/errors.ts";
import { type Memory, type Place, placeOf } from "../../api/marshal.ts";
import { areWhole, checkTensor, floats, isFloat } from "./arrays.ts";
import { type Judgement, judge, type Plan, questionOf, readPlan } from "./findings.ts";
import { inTurns, TARGET_TYPES } from "./pieces.ts";
import { refusalOf, withError } from "./refusal.ts";
import { samplesOf } from "./samples.ts";
import { withSideNotes } from "./side-notes.ts";
import type { Brought, BroughtTensor, Diagnosed, DiagnoseOptions, Diagnosis } from "./types.ts";
import { VERSION } from "./version.ts";

export async function diagnose(
  memory: Memory<DiagnosisWasm>,
  brought: Brought,
  options: DiagnoseOptions = {},
): Promise<Diagnosed> {
  const { logits, target, weight } = check(brought);
  const { wasm } = memory;
  const question = questionOf(brought);
  const request = placeOf("float64", question.length, question);
  memory.place([request]);
  const address = wasm._open_case(request.address);
  if (address === 0) throw outOfMemory(request.bytes);
  const owner = {};
  const kept: Place[] = [];
  try {
    if (!logits) return { diagnosis: lookUp(brought, judge(memory, address, false)), samples: null };
    const planned = readPlan(memory, address);
    const isRead = target !== null && (planned.target !== "indices" || areWhole(target));
    const plan: Plan = { ...planned, target: isRead ? planned.target : "none" };
    start(memory, address, plan, weight);
    const keep = <T extends "int32" | "float32">(type: T, length: number): Place<T> => {
      const place = memory.keep(owner, type, length);
      kept.push(place);
      return place;
    };
    const [N, , D] = plan.shape;
    const hasTarget = plan.target !== "none";
    const places = {
      predictions: keep("int32", N * D),
      confidences: keep("float32", N * D),
      losses: keep("float32", hasTarget ? N * D : 0),
      labels: keep("int32", hasTarget ? N * D : 0),
    };

    for await (const { n0, n, d0, d, logits: x, target: y } of inTurns(brought, plan, options)) {
      memory.place([x, y]);
      memory.check(
        wasm._add_piece(
          address,
          n0,
          n,
          d0,
          d,
          x.address,
          y === undefined ? 0 : TARGET_TYPES[y.type],
          y?.address ?? 0,
          places.predictions.address,
          places.confidences.address,
          hasTarget ? places.losses.address : 0,
          hasTarget ? places.labels.address : 0,
        ),
      );
    }
    const samples = samplesOf(memory, address, brought, plan, places);
    const { signal } = options;
    const judged = withReading(brought, plan, judge(memory, address, true));
    return { diagnosis: await withSideNotes(judged, brought, samples, signal ? { signal } : {}), samples };
  } finally {
    for (const place of kept) memory.giveUp(owner, place);
    wasm._close_case(address);
  }
}

function check(brought: Brought) {
  const { logits = null, target = null, weight = null } = brought;
  for (const [name, tensor] of Object.entries({ logits, target, weight })) if (tensor) checkTensor(name, tensor);
  if (target && !logits) throw unexpected("logits", "a tensor for the target", logits);
  return { logits, target, weight };
}

/** Gives the core what it needs for the numbers to come. */
function start(memory: Memory<DiagnosisWasm>, address: number, plan: Plan, weight: BroughtTensor | null): void {
  const C = plan.shape[1];
  const w = weight && plan.hasWeight ? floats(weight, 0, C) : undefined;
  memory.place([w]);
  if (!memory.wasm._start(address, w?.address ?? 0, plan.target !== "none")) throw outOfMemory(8 * C * plan.shape[2]);
}

function lookUp({ loss, accuracy, reduction }: Brought, { verdict, findings, unchecked }: Judgement): Diagnosis {
  return {
    version: VERSION,
    read: { logits: null, target: null },
    loss: loss
      ? {
          value: loss.value,
          plusMinus: 0,
          reduction: reduction ?? "mean",
          divisor: null,
          accuracy: accuracy?.value ?? null,
        }
      : null,
    verdict,
    findings,
    unchecked,
  };
}

function withReading(brought: Brought, plan: Plan, judgement: Judgement): Diagnosis {
  const { logits, target, reduction } = brought;
  const error = refusalOf(brought);
  const findings = withError(judgement.findings, error);
  const isRefused = findings.some(({ proof }) => typeof proof.error === "string");
  return {
    version: VERSION,
    read: {
      logits: logits
        ? { shape: logits.shape, dtype: logits.dtype, decimals: logits.decimals, classAxis: plan.classAxis }
        : null,
      target: target
        ? {
            shape: target.shape,
            dtype: target.dtype,
            kind: plan.target === "probabilities" && isFloat(target) ? "probabilities" : "indices",
          }
        : null,
    },
    loss:
      judgement.loss && !isRefused
        ? {
            value: judgement.loss.value,
            plusMinus: judgement.loss.plusMinus,
            reduction: reduction ?? "mean",
            divisor: judgement.loss.divisor,
            accuracy: judgement.accuracy,
          }
        : null,
    verdict: judgement.verdict,
    findings,
    unchecked: judgement.unchecked,
  };
}
