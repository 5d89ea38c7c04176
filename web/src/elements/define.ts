// The names of all elements.

import { CelossCrossEntropy } from "./celoss-cross-entropy.ts";
import { CelossData } from "./celoss-data.ts";
import { CelossEmbed } from "./celoss-embed.ts";
import { CelossExport } from "./celoss-export.ts";
import { CelossLabels } from "./celoss-labels.ts";
import { CelossLesson } from "./celoss-lesson.ts";
import { CelossLog } from "./celoss-log.ts";
import { CelossLogSoftmax } from "./celoss-log-softmax.ts";
import { CelossNllLoss } from "./celoss-nll-loss.ts";
import { CelossQuestion } from "./celoss-question.ts";
import { CelossRail } from "./celoss-rail.ts";
import { CelossSoftmax } from "./celoss-softmax.ts";
import { CodeLine } from "./code-line.ts";
import { CrossEntropyDemo } from "./cross-entropy-demo.ts";
import { DataTable } from "./data-table.ts";
import { LogCurve } from "./log-curve.ts";
import { LossAxis } from "./loss-axis.ts";
import { ReadingLine } from "./reading-line.ts";
import { TensorTable } from "./tensor-table.ts";

const elements = {
  "cross-entropy-demo": CrossEntropyDemo,
  "celoss-rail": CelossRail,
  "celoss-question": CelossQuestion,
  "celoss-data": CelossData,
  "celoss-softmax": CelossSoftmax,
  "celoss-log": CelossLog,
  "celoss-log-softmax": CelossLogSoftmax,
  "celoss-nll-loss": CelossNllLoss,
  "celoss-cross-entropy": CelossCrossEntropy,
  "celoss-lesson": CelossLesson,
  "celoss-labels": CelossLabels,
  "celoss-embed": CelossEmbed,
  "celoss-export": CelossExport,
  "celoss-tensor-table": TensorTable,
  "celoss-data-table": DataTable,
  "celoss-reading-line": ReadingLine,
  "celoss-code-line": CodeLine,
  "celoss-loss-axis": LossAxis,
  "celoss-log-curve": LogCurve,
};

/** Makes the elements known to the browser. Twice does no harm, and the first to come stays. */
export function define(): void {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
