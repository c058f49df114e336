import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import { valueText } from "../scenario/option-kinds.ts";
import { optionRows, optionsDiffering } from "../scenario/option-rows.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Setup } from "../world/state/setup.ts";
import { part } from "./part.ts";
import type { OwnOption, RunInfo } from "./protocol/run.ts";

/** What the page is told of a run when it is opened. */

const profileWords: Readonly<Record<ProfileName, string>> = {
  paper: "as in the Raft paper",
  dissertation: "as in Ongaro's dissertation",
  etcd: "as in etcd/raft",
  "etcd-server": "as in the server of etcd 3.6",
};

/** Nobody shall take a changed rule for the profile's own. */
function rulesInWords(options: RaftOptions, profile: ProfileName): string {
  if (options === profiles[profile]) return profileWords[profile];
  const [first, ...others] = optionsDiffering(options, profiles[profile]);
  const rules = profileWords[profile];
  if (first === undefined) return rules;
  return others.length > 0
    ? `${rules} but for ${others.length + 1} options`
    : `${rules} but for ${optionRows[first].title.toLowerCase()}`;
}

export async function infoOf(
  recording: Recording,
  mismatch: string | null,
  play: readonly string[] = [],
  show?: string,
): Promise<RunInfo> {
  const { title, notes, preset, bookmarks, sought, view, setup, profile } = recording;
  const count = setup.servers.length;
  const machines = `${count === 1 ? "1 server" : `${count} servers`}${setup.groups > 1 ? `, ${setup.groups} groups` : ""}`;
  // A scenario is known by its name: its seed tells nobody anything.
  const seed = preset === "" ? `, seed ${setup.seed}` : "";
  const summary = `${rulesInWords(setup.raft, profile)}, ${machines}${seed}`;
  return {
    title,
    notes,
    summary,
    ...(await differencesOf(setup.raft, profile)),
    ownOptions: ownOptionsOf(setup),
    preset,
    bookmarks,
    ...(sought && { sought }),
    view,
    bugs: setup.bugs.filter(({ veiled }) => !veiled).map(({ name, title }) => ({ name, title })),
    mismatch,
    play,
    ...(await lessonIn(recording, show)),
    ...(await gameIn(recording)),
  };
}

async function gameIn(recording: Recording): Promise<Pick<RunInfo, "game">> {
  if (!recording.preset.startsWith("beat=")) return {};
  const game = (await part(() => import("./game.ts"))).gameView(recording);
  return game === null ? {} : { game };
}

/** Of most runs nothing is fetched. */
async function lessonIn(recording: Recording, show?: string): Promise<Pick<RunInfo, "lesson">> {
  if (!recording.preset.startsWith("lesson=")) return {};
  const lesson = (await part(() => import("./lessons.ts"))).lessonView(recording, show);
  return lesson === null ? {} : { lesson };
}

function ownOptionsOf({ servers, raft }: Setup): RunInfo["ownOptions"] {
  const own = servers.map(({ id: server, options }) => ({
    server,
    options: options === undefined ? [] : differing({ ...raft, ...options }, raft),
  }));
  return own.filter(({ options }) => options.length > 0);
}

async function differencesOf(raft: RaftOptions, profile: ProfileName): Promise<Pick<RunInfo, "differs" | "givesUp">> {
  if (raft === profiles[profile]) return { differs: [], givesUp: [] };
  const { unusualOptions } = await part(() => import("../check/unusual.ts"));
  const givesUp = unusualOptions(raft).map(({ text }) => text);
  return { differs: differing(raft, profiles[profile]), givesUp };
}

function differing(own: RaftOptions, base: RaftOptions): readonly OwnOption[] {
  return optionsDiffering(own, base).map((name) => {
    const { title, kind, write } = optionRows[name];
    return { title, here: valueText(kind, write(own)), run: valueText(kind, write(base)) };
  });
}
