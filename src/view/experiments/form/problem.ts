import type { InputProblem } from "../../../worker/protocol/requests.ts";

export type Part = "varied" | "same" | "happens" | "measure" | "runs";
const runs = ["runs", "giveUpMs", "firstSeed"];

/** The part of the form that a problem belongs to. */
export function partOf({ field }: InputProblem): Part {
  if (field.startsWith("vary")) return "varied";
  if (field.startsWith("happens")) return "happens";
  if (field.startsWith("measure")) return "measure";
  return runs.some((name) => field.startsWith(name)) ? "runs" : "same";
}

export function problemText({ field, message, place }: InputProblem, withPlace: boolean): string {
  const where = withPlace && place !== undefined ? `Line ${place.line}, column ${place.column}: ` : "";
  return `${where}${field === "" ? "" : `${field}: `}${message}${/[.?]$/.test(message) ? "" : "."}`;
}
