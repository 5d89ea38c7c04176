import { type Details, refuse } from "./refusal.ts";

/** Refuses a file, or an array in it, as a whole: bits have no lines. fix is the line to type instead. */
export function refuseFile(kind: string, source: string, details: Details = {}, fix: string | null = null): never {
  refuse(kind, { source, line: null, column: null }, details, fix);
}
