// What a tensor is for, as far as its name tells.

export type Role =
  | "logits"
  | "target"
  | "weight"
  | "loss"
  | "accuracy"
  | "ignoreIndex"
  | "labelSmoothing"
  | "reduction"
  | "classes";

export interface Named {
  /** "other": something that is no part of a loss; null: the name says nothing. */
  readonly role: Role | "other" | null;
  /** 0 is the plainest; "x" only counts where there are no "logits". */
  readonly rank: number;
  /** What else the name says: "train" of "train_logits"; null: there is no name. */
  readonly rest: string | null;
}

/** The first row that has all words of one of its names decides. */
const NAMES: readonly (readonly [role: Role | "other", rank: number, names: readonly string[]])[] = [
  ["ignoreIndex", 0, ["ignore index", "ignoreindex", "pad index", "padding idx", "pad idx"]],
  ["labelSmoothing", 0, ["label smoothing", "labelsmoothing", "smoothing"]],
  ["reduction", 0, ["reduction"]],
  ["classes", 0, ["num classes", "n classes", "nclasses", "numclasses"]],
  ["other", 0, ["sample weight", "sample weights"]],
  ["weight", 0, ["weight", "weights"]],
  ["loss", 0, ["loss", "losses"]],
  ["accuracy", 0, ["accuracy", "acc"]],
  ["other", 0, ["bias", "attention mask", "input ids", "token type ids", "position ids", "epoch", "step"]],
  ["logits", 0, ["logits", "logit"]],
  ["target", 0, ["y true", "ytrue", "target", "targets", "ground truth", "gt", "truth"]],
  ["logits", 1, ["pred", "preds", "prediction", "predictions", "predicted", "hat", "yhat", "ypred"]],
  ["target", 0, ["label", "labels"]],
  ["logits", 1, ["output", "outputs", "out", "score", "scores", "prob", "probs", "probabilities", "softmax"]],
  ["target", 1, ["y", "tgt", "true", "mask", "masks", "class", "classes", "annotation", "annotations"]],
  ["logits", 2, ["x", "z", "input", "inputs", "activations"]],
  ["other", 0, ["id", "ids", "idx", "index", "indices"]],
];

export function roleOf(name: string | null): Named {
  // np.savez("batch.npz", x, y) calls them arr_0 and arr_1.
  if (name === null || /^arr_\d+$/.test(name)) return { role: null, rank: 0, rest: null };
  // "valLogits", "out['y_true']" and "val/logits.0" as words.
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);
  for (const [role, rank, names] of NAMES) {
    const found = names.find((known) => known.split(" ").every((word) => words.includes(word)));
    if (found === undefined) continue;
    const rest = words.filter((word) => !found.split(" ").includes(word)).join(" ");
    return { role, rank, rest };
  }
  return { role: null, rank: 0, rest: words.join(" ") };
}
