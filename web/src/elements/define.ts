// The names of the elements that are there from the start; what comes late brings its own (late.ts). One rule:
// steps/log-softmax.ts has the class CelossLogSoftmax, which is <celoss-log-softmax>.

import { CelossCodeLine } from "./controls/code-line.ts";
import { CelossDataTable } from "./controls/data-table.ts";
import { CelossLateContent } from "./controls/late-content.ts";
import { CelossRail } from "./controls/rail.ts";
import { CelossReadingLine } from "./controls/reading-line.ts";
import { CelossShareButtons } from "./controls/share-buttons.ts";
import { CrossEntropyDemo } from "./cross-entropy-demo.ts";
import { CelossLogCurve } from "./figures/log-curve.ts";
import { CelossLossAxis } from "./figures/loss-axis.ts";
import { CelossTensorTable } from "./figures/tensor-table.ts";
import { defineAll } from "./late.ts";
import { CelossBatch } from "./steps/batch.ts";
import { CelossCrossEntropy } from "./steps/cross-entropy.ts";
import { CelossData } from "./steps/data.ts";
import { CelossLabels } from "./steps/labels.ts";
import { CelossLesson } from "./steps/lesson.ts";
import { CelossLog } from "./steps/log.ts";
import { CelossLogSoftmax } from "./steps/log-softmax.ts";
import { CelossNllLoss } from "./steps/nll-loss.ts";
import { CelossQuestion } from "./steps/question.ts";
import { CelossSoftmax } from "./steps/softmax.ts";

const elements = {
  "cross-entropy-demo": CrossEntropyDemo,
  "celoss-rail": CelossRail,
  "celoss-code-line": CelossCodeLine,
  "celoss-data-table": CelossDataTable,
  "celoss-log-curve": CelossLogCurve,
  "celoss-loss-axis": CelossLossAxis,
  "celoss-tensor-table": CelossTensorTable,
  "celoss-question": CelossQuestion,
  "celoss-data": CelossData,
  "celoss-softmax": CelossSoftmax,
  "celoss-log": CelossLog,
  "celoss-log-softmax": CelossLogSoftmax,
  "celoss-nll-loss": CelossNllLoss,
  "celoss-cross-entropy": CelossCrossEntropy,
  "celoss-lesson": CelossLesson,
  "celoss-labels": CelossLabels,
  "celoss-batch": CelossBatch,
  "celoss-reading-line": CelossReadingLine,
  "celoss-late-content": CelossLateContent,
  "celoss-share-buttons": CelossShareButtons,
};

/** Makes them known to the browser. Twice does no harm, and the first to come stays. */
export function define(): void {
  defineAll(elements);
}
