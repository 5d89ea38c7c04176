// The dialogs, and with them all of src/export: loaded when one of them is wanted (../late.ts).

import dialog from "../../styles/dialog.css?inline";
import exports from "../../styles/export.css?inline";
import { sheet } from "../styles.ts";
import { CelossEmbed } from "./embed.ts";
import { CelossExport } from "./export.ts";

export const elements = {
  "celoss-embed": CelossEmbed,
  "celoss-export": CelossExport,
};

export const styles = [dialog, exports].map(sheet);
