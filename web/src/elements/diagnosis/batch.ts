// The chapter "Your own batch": loaded when it comes near the window (../late.ts).

import batch from "../../styles/batch.css?inline";
import { sheet } from "../styles.ts";
import { CelossBatchChapter } from "./batch-chapter.ts";
import { CelossBringBox } from "./bring-box.ts";
import { CelossComparison } from "./comparison.ts";
import { CelossConfidenceChart } from "./confidence-chart.ts";
import { CelossFindings } from "./findings.ts";
import { CelossLedger } from "./ledger.ts";
import { CelossLossHistogram } from "./loss-histogram.ts";
import { CelossSampleTable } from "./sample-table.ts";
import { CelossScriptLines } from "./script-lines.ts";

export const elements = {
  "celoss-batch-chapter": CelossBatchChapter,
  "celoss-bring-box": CelossBringBox,
  "celoss-confidence-chart": CelossConfidenceChart,
  "celoss-comparison": CelossComparison,
  "celoss-findings": CelossFindings,
  "celoss-ledger": CelossLedger,
  "celoss-loss-histogram": CelossLossHistogram,
  "celoss-sample-table": CelossSampleTable,
  "celoss-script-lines": CelossScriptLines,
};

export const styles = [sheet(batch)];
