import type { Micros } from "../base/units.ts";
import { profiles } from "../raft/options.ts";
import { type BugName, shownBugs, withBugs } from "../scenario/bugs.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { valueText } from "../scenario/option-kinds.ts";
import { type OptionName, optionRows, optionsDiffering } from "../scenario/option-rows.ts";
import { readOptions, writeAllOptions } from "../scenario/options.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Again } from "../worker/protocol/again.ts";
import { type OptionValues, type ProfileName, profileTexts } from "./options.ts";
import { type Otherwise, page } from "./page.ts";
import { clock, lab, labState, session } from "./use-lab.ts";

/** Another run of the same acts, with other options, rules or seed; loaded when somebody wants one. */

export interface Choice {
  readonly key: string;
  readonly title: string;
  readonly otherwise: Otherwise;
}
/** One line of what differs; `about`: what it does, where that can be said. */
export interface Difference {
  readonly title: string;
  readonly here: string;
  readonly there: string;
  readonly about: string;
}

/** The run that is shown, as a recording; null if it cannot be had now. */
export async function recordingShown(): Promise<Recording | null> {
  const text = await session.share("file");
  const read = text === null ? null : parseRecording(text);
  return read?.ok ? read.value : null;
}

/** What the same acts may be run with: what was chosen elsewhere, the other profiles, another seed, every rule on. */
export function choicesFor({ profile, setup }: Recording, chosen: Otherwise | null): readonly Choice[] {
  const names = (Object.keys(profileTexts) as ProfileName[]).filter((name) => name !== profile);
  const values = (name: ProfileName): OptionValues => writeAllOptions(profiles[name]);
  return [
    ...(chosen === null ? [] : [{ key: "chosen", title: "what was chosen", otherwise: chosen }]),
    ...names.map((name) => ({ key: name, title: name, otherwise: { profile: name, options: values(name) } })),
    { key: "seed", title: `seed ${nextSeed(setup.seed)}`, otherwise: { seed: nextSeed(setup.seed) } },
    ...(setup.bugs.length === 0 ? [] : [{ key: "correct", title: "every rule on", otherwise: { bugs: [] } }]),
  ];
}

const nextSeed = (seed: number): number => (seed + 1) % 2 ** 32;

/** Without them the acts would meet other moments. */
const timers: readonly OptionName[] = ["electionTimeoutMs", "heartbeatMs", "retryMs"];

/** Whether the two have other timers, so that there is something to keep. */
export const timersDiffer = (recording: Recording, { options }: Otherwise): boolean =>
  options !== undefined &&
  timers.some((name) => JSON.stringify(options[name]) !== JSON.stringify(optionRows[name].write(recording.setup.raft)));

/** The same acts from the start; what people say of the run stays, as said of the run before. */
export function otherRun(recording: Recording, otherwise: Otherwise, keepsTimers: boolean): Recording {
  const { profile = recording.profile, options, seed = recording.setup.seed, bugs } = otherwise;
  const ruled = bugs === undefined ? recording : withBugs(recording, bugs as readonly BugName[]);
  const own = options === undefined ? ruled.setup.raft : readOptions(options, profiles[profile]);
  const kept = keepsTimers ? timersOf(recording) : {};
  return {
    ...recording,
    profile,
    setup: { ...ruled.setup, seed, raft: readOptions(kept, own) },
    branches: [],
    branch: 0,
  };
}

function timersOf({ setup }: Recording): Partial<OptionValues> {
  return Object.fromEntries(timers.map((name) => [name, optionRows[name].write(setup.raft)]));
}

/** What differs, and nothing else. */
export function differencesOf(here: Recording, there: Recording): readonly Difference[] {
  const options = optionsDiffering(there.setup.raft, here.setup.raft).map((name) => {
    const { title, kind, write, text, section } = optionRows[name];
    const [a, b] = [valueText(kind, write(here.setup.raft)), valueText(kind, write(there.setup.raft))];
    return { title, here: a, there: b, about: `${text} ${section}` };
  });
  const [seedHere, seedThere] = [here.setup.seed, there.setup.seed];
  const seeds =
    seedHere === seedThere
      ? []
      : [{ title: "Seed", here: `${seedHere}`, there: `${seedThere}`, about: "Every chance falls otherwise." }];
  const [few, many] = [here.setup.servers.length, there.setup.servers.length];
  const servers = few === many ? [] : [{ title: "Servers", here: `${few}`, there: `${many}`, about: "" }];
  return [...seeds, ...servers, ...rulesDiffering(here, there), ...options];
}

function rulesDiffering(here: Recording, there: Recording): readonly Difference[] {
  const isOff = (name: string, { setup }: Recording): boolean => setup.bugs.some((bug) => bug.name === name);
  return shownBugs
    .flatMap(({ bugs }) => bugs)
    .filter(({ name }) => isOff(name, here) !== isOff(name, there))
    .map(({ name, title, changed }) => {
      const word = (run: Recording): string => (isOff(name, run) ? "off" : "on");
      return { title, here: word(here), there: word(there), about: changed };
    });
}

/** Runs both up to where the shown one has been explored. Null: it cannot be had now. */
export function compare(there: Recording): Promise<Again | null> {
  const group = labState().frame?.group ?? 1;
  return session.again({ file: formatRecording(there), until: Math.max(1, there.end), group });
}

/** Both, to be stepped through side by side. */
export function stepThroughBoth(here: Recording, there: Recording, title: string): void {
  const rows = differencesOf(here, there);
  const [first] = rows;
  const branch = labState().timeline?.current ?? 0;
  const rule = rows.length === 1 && (first?.here === "off" || first?.there === "off") ? first : null;
  const sideOf = (side: "here" | "there", usual: string) => {
    if (rule === null)
      return {
        title: usual,
        about: rows
          .slice(0, 2)
          .map((row) => `${row.title}: ${row[side]}`)
          .join("; "),
      };
    return rule[side] === "off" ? { title: "Rule off", about: rule.about } : { title: "Rule on", about: "as in Raft" };
  };
  page.openCompare(
    { side: { branch }, ...sideOf("here", "This run") },
    {
      side: { file: formatRecording(there) },
      ...sideOf("there", title === "what was chosen" ? "The other run" : title),
    },
  );
}

/** At the moment that is shown now; no sentence is stated of it that was not looked at. */
export function openOther(there: Recording, { bookmarks, there: outcome }: Again): void {
  const at: Micros = Math.min(Math.floor(clock()), outcome.end);
  const view = { at, select: "", speed: labState().speed, play: false };
  lab.open({ from: "file", text: formatRecording({ ...there, bookmarks, view }) });
}
