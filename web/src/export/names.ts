// What the tensors of the page are called in code that is taken along.

import type { TensorId } from "../state/lesson/provenance.ts";

export const NAMES: Readonly<Record<TensorId, string>> = {
  x: "x",
  target: "y",
  rowMax: "row_max",
  shifted: "shifted",
  exp: "exp",
  sum: "exp_sum",
  softmax: "p",
  logOfSoftmax: "log_p",
  logSoftmax: "log_softmax",
  picked: "picked",
  pickedSum: "picked_sum",
  lossByHand: "loss_by_hand",
  nllLoss: "nll_loss",
  losses: "losses",
  loss: "loss",
  gradLogits: "x_grad",
  frontSoftmax: "softmax_p",
  frontLoss: "loss_p",
  frontGradLogits: "x_grad_p",
};
