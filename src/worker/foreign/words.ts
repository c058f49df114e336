import type { ToldRun } from "../../exchange/in/told.ts";
import type { Role } from "../../raft/types.ts";
import type { ToldServerView } from "../protocol/told.ts";
import { type Known, leastLast, unknownOf } from "./known.ts";
import type { NameOf } from "./names.ts";
import type { Past } from "./past.ts";

/** What the page says of a server of which another program told. Nothing is said that was not told. */

const roleNames: { readonly [Name in Role]: string } = {
  follower: "follower",
  preCandidate: "pre-candidate",
  candidate: "candidate",
  leader: "leader",
};

const roleOf = ({ role }: Known): string => (role === null ? "role not told" : roleNames[role]);
const termOf = ({ term }: Known): string => (term === null ? "term not told" : `term ${term}`);

/** "leader of term 3", "follower, term not told", "role not told, term 3". */
function standing(known: Known): string {
  if (known.status === "down") return `down, ${termOf(known)}`;
  const both = known.role !== null && known.term !== null;
  return both ? `${roleOf(known)} of ${termOf(known)}` : `${roleOf(known)}, ${termOf(known)}`;
}

/** In a few words, beside a server. */
export function doingOf(known: Known): string {
  if (known.status === "down") return "down";
  return known.role === "leader" && known.term !== null ? `leader of term ${known.term}` : roleOf(known);
}

export function toldOf(known: Known, name: string, tells: Parameters<typeof unknownOf>[1]): ToldServerView {
  const unknown = unknownOf(known, tells);
  const commit = known.commit === null ? "commit not told" : `commit ${known.commit}`;
  return {
    unknown,
    words: [name, standing(known), commit, ...logWords(known)].join(", "),
    does: `${name}: ${standing(known)}. ${known.status === null ? "Whether it runs is not told." : ""}`.trim(),
    row: [...(known.status === "down" ? ["down"] : []), commit, ...logWords(known)].join(" · "),
  };
}

function logWords(known: Known): readonly string[] {
  const { last, log, lastTerm } = known;
  if (log !== null) return log.entries.length === 0 && last === 0 ? ["no entries"] : [];
  if (last === null) return leastLast(known) === 0 ? ["log not told"] : ["entries not told"];
  return [lastTerm === null ? `last entry ${last}` : `last entry ${last} of term ${lastTerm}`, "the others not told"];
}

/** Letters of a line that stand in a sentence. */
const quotedMost = 140;

/** The last of so many events in the source's words, with the names of servers as short as elsewhere; "" before the first. */
export function saidLast({ run }: Past, event: number, nameOf: NameOf): string {
  const last = run.events[event - 1];
  if (last === undefined) return "";
  const text = shortened(last.text, run.servers, nameOf).replace(/[\s.]+$/, "");
  const said = text.length <= quotedMost ? `${text}.` : `${text.slice(0, quotedMost)}…`;
  return event < run.events.length ? said : `${said} Here the log ends.`;
}

const shortened = (text: string, servers: ToldRun["servers"], nameOf: NameOf): string =>
  servers.reduce(
    (words, { name }, i) => (name.length > nameOf(i + 1).length ? words.replaceAll(name, nameOf(i + 1)) : words),
    text,
  );

/** Who leads, in a sentence. */
export function leadsOf(servers: readonly Known[], nameOf: NameOf, ended: boolean): string {
  const leaders = servers
    .map((known, i) => ({ known, name: nameOf(i + 1) }))
    .filter(({ known }) => known.role === "leader" && known.status !== "down");
  const said = leaders.map(({ known, name }) =>
    known.term === null ? `${name} leads` : `${name} leads term ${known.term}`,
  );
  const untold = servers.some(({ role }) => role === null);
  const leading = said.length > 0 ? `${said.join(", ")}.` : untold ? "Nobody is known to lead." : "Nobody leads.";
  return ended ? `${leading} Here the log ends.` : leading;
}
