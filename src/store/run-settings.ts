import type { Micros } from "../base/units.ts";
import type { ProfileName } from "../raft/options.ts";
import { parseRecording } from "../scenario/format.ts";
import { endName } from "../scenario/names.ts";
import { type OptionValues, writeAllOptions, writeOwnOptions } from "../scenario/options.ts";
import { formatVersion } from "../scenario/version.ts";
import type { Act } from "../world/acts.ts";
import type { DiskSettings, LinkSettings, Setup } from "../world/state/setup.ts";
import type { OwnOptions } from "./options.ts";
import { clock, lab, session } from "./use-lab.ts";

/** How network and disks behave now, as far as all links and all servers share it, and what the run started from. */
export interface RunSettings {
  readonly link: LinkSettings;
  readonly disk: DiskSettings;
  readonly servers: number;
  readonly groups: number;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly options: OptionValues;
  readonly own: OwnOptions;
}

/** Read off the recording: the set-up and the acts since that changed it. Null if the recording cannot be had now. */
export async function runSettings(): Promise<RunSettings | null> {
  const text = await session.share("file");
  const read = text === null ? null : parseRecording(text);
  if (read === null || !read.ok) return null;
  const { setup, actions, profile } = read.value;
  const done = actions.filter(({ at }) => at <= clock()).map(({ act }) => act);
  return {
    link: done.reduce((link, act) => linkAfter(link, act), setup.link),
    disk: done.reduce((disk, act) => diskAfter(disk, act), setup.disk),
    servers: setup.servers.length,
    groups: setup.groups,
    seed: setup.seed,
    profile,
    options: writeAllOptions(setup.raft),
    own: ownOf(setup),
  };
}

/** How the run is set up, as `raft.yaml` has it; null if the recording cannot be had now. */
export async function setupAsYaml(): Promise<string | null> {
  const text = await session.share("file");
  const read = text === null ? null : parseRecording(text);
  if (read === null || !read.ok) return null;
  return (await import("../scenario/yaml/write.ts")).writeYaml(read.value);
}

const ownOf = ({ servers, raft }: Setup): OwnOptions =>
  new Map(
    servers.flatMap(({ id, options }) =>
      options === undefined ? [] : [[id, writeOwnOptions(options, raft)] as const],
    ),
  );

const linkAfter = (link: LinkSettings, act: Act): LinkSettings =>
  act.do === "network" && act.links === undefined ? (act.link ?? link) : link;
const diskAfter = (disk: DiskSettings, act: Act): DiskSettings =>
  act.do === "disk" && act.server === undefined ? act.disk : disk;

/** Micros as milliseconds for a field, and back: fields hold up to three decimals. */
export const toMillis = (micros: Micros): number => micros / 1000;
export const toMicros = (millis: number): Micros => Math.round(millis * 1000);

/** What a run of one's own starts from. */
export type Fresh = Pick<RunSettings, "servers" | "groups" | "seed" | "profile" | "options" | "own">;

/** Opens a run of its own with these rules; it plays from the start. */
export function openFresh({ servers, groups, seed, profile, options, own }: Fresh): void {
  const recording = {
    format: "driftwood",
    version: formatVersion,
    title: "A run of your own",
    seed,
    profile,
    options,
    servers: serversWith(servers, own),
    groups,
    view: { atMs: 0, speed: 0.05, play: true },
  };
  lab.open({ from: "file", text: JSON.stringify(recording) });
}

/** A number, as long as no server has anything of its own. */
function serversWith(count: number, own: OwnOptions) {
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  if (!ids.some((id) => own.has(id))) return count;
  return ids.map((id) => ({ id: endName(id), ...(own.has(id) ? { options: own.get(id) } : {}) }));
}
