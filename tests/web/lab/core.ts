// The lab as the tests use it: the sources of web/src/lab over the WebAssembly that was built.
import { readFileSync } from "node:fs";
import { load } from "../../../web/src/lab/index.ts";

export const wasmBinary = readFileSync(new URL("../../../build/wasm/lab.wasm", import.meta.url));

export const lab = await load({ wasmBinary });
