import type { Micros, ServerId } from "../../base/units.ts";
import { configurationText } from "../../raft/configuration.ts";
import { lastIndex, prefixHash, termAt } from "../../raft/log.ts";
import type { Server } from "../../raft/types.ts";
import type { Act } from "../../world/acts.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import { type Deed, retell, type Stage } from "./stage.ts";

/** One coarse step of a story, in a sentence that is true of what came of it. */
export interface Told {
  readonly at: Micros;
  readonly text: string;
}

/** What came of each coarse step of a story, as the world shows it: whatever was left out of the step, it is true. */
export function tellSteps(setup: Setup, deeds: readonly Deed[]): Told[] {
  const steps: Told[] = [];
  let before: readonly Look[] = [];
  let told = 0;
  const stage = retell(setup, deeds, (at) => {
    const now = looksOf(at.world);
    const acts = at.deeds.slice(told).map(({ act }) => act);
    if (acts.length > 0) steps.push({ at: timeOf(at, told), text: sentence(before, now, acts) });
    told = at.deeds.length;
    before = now;
  });
  const { violation } = stage.world;
  const last = steps.at(-1);
  if (violation !== null && last !== undefined)
    steps[steps.length - 1] = { at: last.at, text: `${last.text} ${violation.property}: ${violation.detail}.` };
  return steps;
}

const timeOf = ({ actions }: Stage, first: number): Micros => actions[first]!.at;

interface Look extends Pick<Server, "id" | "role" | "term" | "votedFor" | "commitIndex"> {
  readonly last: number;
  readonly lastTerm: number;
  readonly hash: number;
  readonly base: number;
  readonly restarts: number;
  readonly configuration: string;
  readonly votes: readonly ServerId[];
}

const looksOf = ({ machines }: World): Look[] => machines.filter(Boolean).map(lookOf);

function lookOf({ raft, restarts }: Machine): Look {
  const { id, role, term, votedFor, commitIndex, log, configuration } = raft;
  const last = lastIndex(log);
  const votes = raft.votes.flatMap((vote, voter) => (vote === true && voter !== id ? [voter] : []));
  const end = { last, lastTerm: termAt(log, last), hash: prefixHash(log, last), base: log.base };
  return {
    id,
    role,
    term,
    votedFor,
    commitIndex,
    ...end,
    restarts,
    configuration: configurationText(configuration),
    votes,
  };
}

function sentence(before: readonly Look[], now: readonly Look[], acts: readonly Act[]): string {
  const pairs = now.map((look) => [before.find(({ id }) => id === look.id) ?? look, look] as const);
  const parts = [
    ...pairs.flatMap(([old, look]) => (look.restarts > old.restarts ? [`S${look.id} crashes and restarts`] : [])),
    ...pairs.flatMap(([old, look]) => elected(old, look, now)),
    ...pairs.flatMap(([old, look]) => stored(old, look)),
    ...pairs.flatMap(([old, look]) => settled(old, look)),
  ];
  return `${parts.length > 0 ? parts.join("; ") : nothingSeen(acts)}.`;
}

const servers = (ids: readonly ServerId[]): string => ids.map((id) => `S${id}`).join(" and ");

function elected(old: Look, look: Look, now: readonly Look[]): string[] {
  const { id, role, term } = look;
  if (role === "leader" && (old.role !== "leader" || old.term !== term)) {
    const voters = now.filter((other) => other.id !== id && other.term === term && other.votedFor === id);
    const by =
      voters.length > 0 ? ` with the vote${voters.length > 1 ? "s" : ""} of ${servers(voters.map((v) => v.id))}` : "";
    return [`S${id} is elected in term ${term}${by}`];
  }
  if (role !== "leader" && old.role === "leader") return [`S${id} no longer leads`];
  if (role === "candidate" && (old.role !== "candidate" || old.term !== term))
    return [`S${id} campaigns in term ${term}`];
  if (look.votedFor !== old.votedFor && look.votedFor !== 0 && look.votedFor !== id) {
    const candidate = now.find((other) => other.id === look.votedFor);
    return candidate?.role === "leader" ? [] : [`S${id} votes for S${look.votedFor} in term ${term}`];
  }
  return [];
}

function stored(old: Look, look: Look): string[] {
  const { id, last, lastTerm, hash } = look;
  const parts: string[] = [];
  if (look.base > old.base) parts.push(`S${id} keeps a snapshot up to entry ${look.base}`);
  if (last > old.last)
    parts.push(
      `S${id} stores ${last - old.last > 1 ? `entries ${old.last + 1} to` : "entry"} ${last} (term ${lastTerm})`,
    );
  else if (last < old.last)
    parts.push(
      last === 0
        ? `the log of S${id} is empty again`
        : `the log of S${id} ends with entry ${last} (term ${lastTerm}) again`,
    );
  else if (hash !== old.hash) parts.push(`S${id} has another entry ${last} (term ${lastTerm}) now`);
  if (look.configuration !== old.configuration) parts.push(`S${id} uses the configuration ${look.configuration}`);
  return parts;
}

function settled(old: Look, look: Look): string[] {
  return look.commitIndex > old.commitIndex ? [`S${look.id} commits up to entry ${look.commitIndex}`] : [];
}

/** A step that changed nothing yet: what was done. */
function nothingSeen(acts: readonly Act[]): string {
  const act = acts[0]!;
  if ("message" in act) return `a message from S${act.message.from} to S${act.message.to} arrives`;
  return "server" in act && act.server !== undefined ? `${act.do} at S${act.server}` : act.do;
}
