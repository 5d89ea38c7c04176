// What the lab is to the page, and to others.
export { CelossError } from "../api/errors.ts";
export { load } from "./load.ts";
export type { Lab, LogitsTrace, PipelineTrace, Trace } from "./types.ts";
