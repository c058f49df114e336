import type { Micros } from "../base/units.ts";
import { actText } from "../explain/acts.ts";
import { profiles } from "../raft/options.ts";
import { valueText } from "../scenario/option-kinds.ts";
import { optionRows, optionsDiffering } from "../scenario/option-rows.ts";
import type { Action } from "../world/acts.ts";
import type { Deed, Experiment, Setting } from "./experiment.ts";
import { saidOf } from "./measures/conditions.ts";

/** What happens in every run of an experiment, and what is the same in all of them, in words. */

/** "50 ms", "0.05–0.15 ms": all that the file says of it. */
const millis = (micros: Micros): string => `${micros / 1000} ms`;
const range = (least: Micros, most: Micros): string =>
  least === most ? millis(least) : `${least / 1000}–${millis(most)}`;

/** More acts of the run than this are only counted. */
const actsTold = 3;

/** One sentence each, in their order: acts with their time, then what is done once a condition holds. */
export function happensOf({ deeds, from, vary }: Experiment, { recording: { actions } }: Setting): readonly string[] {
  const varies = (path: string): string => {
    const titles = vary.filter(({ set }) => set.startsWith(`${path}.`)).map(({ title }) => title);
    return titles.length === 0 ? "" : ` (varied: ${titles.join(", ")})`;
  };
  return [
    ...(from === null ? actsOf(actions, varies) : [`the run up to ${millis(from)}, then chance falls anew`]),
    ...deeds.map((deed, at) => `${deedText(deed)}${varies(`happens[${at}]`)}`),
  ];
}

function actsOf(actions: readonly Action[], varies: (path: string) => string): readonly string[] {
  if (actions.length > actsTold) return [`${actions.length} acts of the run, each at its time`];
  return actions.map(({ at, act }, place) => `at ${millis(at)}: ${actText(act)}${varies(`run.actions[${place}]`)}`);
}

function deedText({ once, wait, act, whom }: Deed): string {
  const when = [once === null ? "" : `once ${saidOf(once)}`, wait[1] === 0 ? "" : `${range(...wait)} later`].filter(
    (part) => part !== "",
  );
  const named = whom === "leader" ? "the leader" : "a follower";
  const what = act === null ? "" : whom === null ? actText(act) : actText(act).replace("S1", named);
  return [when.join(", "), what].filter((part) => part !== "").join(": ");
}

/** Name and words, of what no factor changes. */
export function sameOf(
  { vary }: Experiment,
  { recording }: Setting,
): readonly (readonly [name: string, words: string])[] {
  const { setup, profile } = recording;
  const { link, disk, raft, bugs } = setup;
  const differing = optionsDiffering(raft, profiles[profile]);
  const rows: readonly (readonly [path: string, name: string, words: string])[] = [
    ["run.servers", "servers", String(setup.servers.length)],
    ["run.network.latencyMs", "network", range(link.latencyMin, link.latencyMax)],
    ...(link.loss === 0 ? [] : ([["run.network.loss", "lost", `${link.loss / 10_000} %`]] as const)),
    ["run.disk.writeMs", "disk", range(disk.writeMin, disk.writeMax)],
    ["run.options.electionTimeoutMs", "election timeout", range(raft.electionTimeoutMin, raft.electionTimeoutMax)],
    ["run.options.heartbeatMs", "heartbeat", `every ${millis(raft.heartbeatInterval)}`],
    ["run.profile", "rules", `${profile}${bugs.length === 0 ? ", all on" : ""}`],
    ...differing
      .filter((name) => name !== "electionTimeoutMs" && name !== "heartbeatMs")
      .map((name) => {
        const { title, kind, write } = optionRows[name];
        return [`run.options.${name}`, title.toLowerCase(), valueText(kind, write(raft))] as const;
      }),
  ];
  const varied = vary.map(({ set }) => set);
  return rows
    .filter(([path]) => !varied.some((set) => set.startsWith(path) || path.startsWith(set)))
    .map(([, name, words]) => [name, words]);
}
