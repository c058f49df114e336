import type { LogIndex, Micros, Term } from "../../base/units.ts";
import type { ToldCheck, ToldRun } from "../../exchange/in/told.ts";
import type { Mark, MarkKind, Timeline } from "../protocol/run.ts";
import { evenly, rareMost, thinned } from "../timeline.ts";
import { nothingKnown } from "./known.ts";
import type { NameOf } from "./names.ts";

/** What is worth finding again in a told run: ascending by event. */
export interface Marks {
  readonly terms: readonly { readonly from: Micros; readonly term: Term }[];
  readonly marks: readonly Mark[];
}

export function marksOf(run: ToldRun, checks: readonly ToldCheck[], nameOf: NameOf): Marks {
  const terms: { from: Micros; term: Term }[] = [];
  const marks: Mark[] = [];
  let highest: Term = 0;
  let commit: LogIndex = 0;
  const known = run.servers.map(() => ({
    status: nothingKnown.status,
    role: nothingKnown.role,
    term: nothingKnown.term,
  }));
  run.events.forEach(({ at, server, says }, place) => {
    const own = known[server - 1];
    if (own === undefined) return;
    const add = (kind: MarkKind, label: string): void =>
      void marks.push({ at, event: place + 1, kind, server, group: 1, label });
    const name = nameOf(server);
    if (says.term !== undefined && says.term !== null && says.term > highest) {
      highest = says.term;
      terms.push({ from: at, term: highest });
    }
    if (says.status === "down" && own.status !== "down") add("crash", `${name} is down`);
    if (says.status === "up" && own.status === "down") add("restart", `${name} is up again`);
    const term = says.term === undefined ? own.term : says.term;
    if (says.role === "leader" && own.role !== "leader")
      add("election", term === null ? `${name} leads` : `${name} leads term ${term}`);
    if (says.commit !== undefined && says.commit !== null && says.commit > commit) {
      commit = says.commit;
      add("commit", `entry ${commit} committed`);
    }
    if (says.status !== undefined) own.status = says.status;
    if (says.role !== undefined) own.role = says.role;
    own.term = term;
  });
  for (const { property, result, event } of checks) {
    const broken = event === null ? undefined : run.events[event];
    if (result !== "broken" || event === null || broken === undefined) continue;
    const { at, server } = broken;
    marks.push({ at, event: event + 1, kind: "violation", server, group: 1, label: `broken: ${property}` });
  }
  marks.sort((a, b) => a.event - b.event);
  return { terms, marks };
}

export const timelineOf = ({ terms, marks }: Marks, title: string, end: Micros): Timeline => ({
  terms: evenly(terms, rareMost),
  marks: thinned(marks),
  branches: [{ id: 0, label: title, parent: -1, from: 0, end }],
  current: 0,
  end,
});
