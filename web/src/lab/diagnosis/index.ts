// What the diagnosis is to the page and to the command.
export { CelossError } from "../../api/errors.ts";
export { load } from "./load.ts";
export type * from "./types.ts";
export { RULES } from "./types.ts";
