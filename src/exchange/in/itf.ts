import { inOnePiece, type Work } from "../../history/work.ts";
import { tally, unreadable } from "./tally.ts";
import { itfValue, type Json, readJson } from "./tla/json.ts";
import { type Trace, type TraceState, toldStates } from "./tla/states.ts";
import type { Value } from "./tla/value.ts";
import type { Given, Importer, Place, Reader, ReadRun } from "./told.ts";

/** Traces of Apalache and Quint (apalache-mc/apalache, docs/src/adr/015adr-trace.md) of raft.tla. */
export const itf: Importer = {
  name: "itf",
  title: "ITF trace (Apalache, Quint)",
  named: /\.itf\.json$/i,
  fits: (head) =>
    /^\s*\{/.test(head) &&
    /"(?:#meta|vars)"\s*:/.test(head) &&
    /"states"\s*:\s*\[/.test(head) &&
    !/"counterexample"\s*:/.test(head),
  open: (given) => wholeText(given, (...all) => inOnePiece(() => told(...all))),
};

/** Collects the first file: a trace is one piece. */
export function wholeText(
  given: readonly Given[],
  end: (lines: readonly string[], given: readonly Given[], seen: ReturnType<typeof tally>) => Work<ReadRun>,
): Reader {
  const seen = tally();
  const lines: string[] = [];
  let further: Place | null = null;
  let run: ReadRun | null = null;
  return {
    line(text, place) {
      if (place.file > 0) {
        further ??= place;
        return;
      }
      seen.lines += 1;
      lines.push(text);
    },
    *end() {
      if (further !== null) return unreadable("A trace is one file; there are several.", further);
      run ??= yield* end(lines, given, seen);
      return run;
    },
  };
}

export const titleOf = (given: readonly Given[], otherwise: string): string =>
  given.map(({ name }) => name).find((name) => name !== "") ?? otherwise;

function told(lines: readonly string[], given: readonly Given[], seen: ReturnType<typeof tally>): ReadRun {
  const read = readJson(lines);
  if (!read.ok) return unreadable(`This is not JSON: ${read.problem.message}.`, { file: 0, line: read.problem.line });
  const fields = fieldsOf(read.value);
  const states = fields?.get("states");
  if (states?.kind !== "list") return unreadable('There is no list "states" in it.');
  const loop = fields?.get("loop");
  const trace: Trace = {
    format: itf.name,
    title: titleOf(given, itf.title),
    states: states.items.flatMap((state) => stateOf(state, seen)),
    unknown:
      loop?.kind === "number"
        ? [`The run goes on for ever: after the last state comes state ${Number(loop.text) + 1} again.`]
        : [],
  };
  seen.understood = seen.lines - seen.skipped.length;
  return toldStates(trace, seen);
}

export const fieldsOf = (json: Json | undefined): ReadonlyMap<string, Json> | null =>
  json?.kind === "object" ? json.fields : null;

function stateOf(json: Json, seen: ReturnType<typeof tally>): TraceState[] {
  const place: Place = { file: 0, line: json.line };
  const fields = fieldsOf(json);
  if (fields === null) {
    seen.skip("", place, "a state that is not an object");
    return [];
  }
  const values = new Map<string, Value>();
  for (const [name, value] of fields)
    if (!name.startsWith("#") && !name.startsWith("mbt::")) values.set(name, itfValue(value));
  const taken = fields.get("mbt::actionTaken");
  const action = taken?.kind === "text" && taken.text !== "init" ? taken.text : "";
  return [{ ...place, values, action }];
}
