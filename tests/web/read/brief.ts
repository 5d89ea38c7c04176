// What was read, in a line.
import type { ReadTensor } from "../../../web/src/read/types.ts";

/** "logits float32 (2, 2): 1.5 2 3 4"; a dtype that is said has a "!". */
export function brief(tensor: ReadTensor): string {
  const said = "stated" in tensor && tensor.stated ? "!" : "";
  const name = tensor.name === null ? "" : `${tensor.name} `;
  return `${name}${tensor.dtype}${said} (${tensor.shape.join(", ")}): ${Array.from(tensor.data, String).join(" ")}`;
}
