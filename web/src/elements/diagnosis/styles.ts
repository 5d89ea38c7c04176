// The style sheet of the chapter, which comes with it.

import batch from "../../styles/batch.css?inline";
import { sheet } from "../styles.ts";

export const batchStyles = new CSSStyleSheet();
batchStyles.replaceSync(sheet(batch).cssText);
