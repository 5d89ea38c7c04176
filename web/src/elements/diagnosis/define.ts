// The names of the chapter's elements, as in ../define.ts.

import { CelossBatchChapter } from "./batch-chapter.ts";
import { CelossBringBox } from "./bring-box.ts";
import { CelossFindings } from "./findings.ts";
import { CelossLedger } from "./ledger.ts";

const elements = {
  "celoss-batch-chapter": CelossBatchChapter,
  "celoss-bring-box": CelossBringBox,
  "celoss-findings": CelossFindings,
  "celoss-ledger": CelossLedger,
};

export function defineChapter(): void {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
