import type { Text } from "../i18n/index.ts";
import type { StepId } from "../state/steps.ts";

/** The name of a step in the language of the text. */
export function stepName(text: Text, id: StepId): string {
  const names: Record<StepId, string> = {
    question: text.question.name,
    data: text.data.name,
    softmax: text.softmax.name,
    log: text.log.name,
    "log-softmax": text.logSoftmax.name,
    "nll-loss": text.nllLoss.name,
    "cross-entropy": text.crossEntropy.name,
    lesson: text.lesson.name,
    labels: text.labels.name,
    batch: text.batch.name,
  };
  return names[id];
}
