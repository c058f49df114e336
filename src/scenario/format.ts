import * as v from "valibot";
import { failure, type Result, success } from "../base/result.ts";
import { microsPerMilli, toMillis } from "../base/units.ts";
import type { BranchRecord } from "../history/history.ts";
import { bugNames, bugOf } from "../raft/bugs/index.ts";
import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import type { Action } from "../world/acts.ts";
import { defaultClients } from "../world/limits.ts";
import type { ClientSettings, ServerSetup, Setup } from "../world/state/setup.ts";
import { actionSchema, linkEntries, order, readLinkSettings, writeAction, writeLinkSettings } from "./acts.ts";
import { boundsProblem } from "./bounds.ts";
import { branchesProblem, coherenceProblem, lineOf, strangerProblem } from "./coherence.ts";
import {
  exactly,
  hash,
  leaf,
  line,
  listOf,
  messageOf,
  millis,
  oneOf,
  prose,
  selection,
  server,
  speed,
  truth,
  whole,
} from "./leaves.ts";
import { limits } from "./limits.ts";
import { endName } from "./names.ts";
import { didYouMean } from "./nearest.ts";
import {
  optionsSchema,
  partsOf,
  profileNames,
  serverOptionsSchema,
  withParts,
  writeOptions,
  writeOwnOptions,
} from "./options.ts";
import type { InputProblem, RecordedBookmark, RecordedView, Recording } from "./recording.ts";
import { soughtProblem } from "./sought.ts";
import { readText } from "./text.ts";
import { upgraded, versionOf } from "./upgrades.ts";
import { formatVersion } from "./version.ts";

/** The file `*.raft.json`: what is read from outside is checked piece by piece and built anew, never merged or cast. */

const run = millis(0, limits.runMs);
const term = whole(0, limits.term);

const serverSchema = exactly({
  id: server,
  term: v.exactOptional(term),
  votedFor: v.exactOptional(v.nullable(server)),
  log: v.exactOptional(listOf(whole(1, limits.term), limits.log)),
  commit: v.exactOptional(whole(0, limits.log)),
  member: v.exactOptional(oneOf(["voter", "learner", "none"])),
  options: v.exactOptional(serverOptionsSchema),
});

const countSchema = whole(1, limits.servers);
const serversSchema = v.pipe(
  leaf("a number of servers from 1 to 9 or a list of servers", (input) =>
    typeof input === "number" || Array.isArray(input) ? (input as unknown) : undefined,
  ),
  v.lazy((input) => (typeof input === "number" ? countSchema : listOf(serverSchema, limits.servers))),
);

const bugName = leaf(
  "the name of a bug, such as double-vote",
  (input) => bugNames.find((name) => name === input),
  (input) => (typeof input === "string" ? didYouMean(input, bugNames) : ""),
);
const beforeSchema = v.exactOptional(oneOf(["unchecked", "false"]));
const bookmarkSchema = exactly({
  atMs: v.exactOptional(run),
  when: v.exactOptional(line(1, limits.line)),
  label: line(1, limits.line),
  before: beforeSchema,
});
const bookmarksSchema = listOf(bookmarkSchema, limits.bookmarks);
const actionsSchema = listOf(actionSchema, limits.actions);

const fileSchema = exactly({
  format: oneOf(["driftwood"]),
  version: whole(formatVersion, formatVersion),
  title: v.exactOptional(line(0, limits.line)),
  notes: v.exactOptional(prose(limits.notes)),
  preset: v.exactOptional(line(0, limits.word)),
  seed: v.exactOptional(whole(0, 2 ** 32 - 1)),
  profile: v.exactOptional(oneOf(profileNames)),
  options: v.exactOptional(optionsSchema),
  bugs: v.exactOptional(listOf(bugName, bugNames.length)),
  clients: v.exactOptional(
    exactly({
      sessions: v.exactOptional(truth),
      repeatMs: v.exactOptional(millis(0, limits.delayMs)),
      giveUpMs: v.exactOptional(millis(1, limits.delayMs)),
      sessionsMost: v.exactOptional(whole(1, limits.sessions)),
    }),
  ),
  servers: v.exactOptional(serversSchema),
  groups: v.exactOptional(whole(1, limits.groups)),
  network: v.exactOptional(
    exactly({
      mode: v.exactOptional(oneOf(["automatic", "manual"])),
      ...linkEntries,
      latencyMs: v.exactOptional(linkEntries.latencyMs),
    }),
  ),
  disk: v.exactOptional(exactly({ writeMs: linkEntries.latencyMs })),
  actions: v.exactOptional(actionsSchema),
  bookmarks: v.exactOptional(bookmarksSchema),
  view: v.exactOptional(
    exactly({
      atMs: run,
      order,
      select: v.exactOptional(selection),
      speed: v.exactOptional(speed),
      play: v.exactOptional(truth),
      group: v.exactOptional(whole(1, limits.groups)),
      strayedMs: v.exactOptional(run),
      told: v.exactOptional(whole(0, limits.branches)),
      hide: v.exactOptional(truth),
      guided: v.exactOptional(truth),
      seen: v.exactOptional(exactly({ engine: whole(0, 999_999), hash })),
    }),
  ),
  endMs: v.exactOptional(run),
  branch: v.exactOptional(whole(0, limits.branches)),
  branches: v.exactOptional(
    listOf(
      exactly({
        label: line(0, limits.line),
        parent: whole(0, limits.branches),
        fromMs: run,
        shared: whole(0, limits.actions),
        actions: actionsSchema,
        endMs: run,
      }),
      limits.branches,
    ),
  ),
});
type FileJson = v.InferOutput<typeof fileSchema>;

/** Reads a file. A problem names the first field that is wrong, where it stands, and what was expected there. */
export function parseRecording(text: string): Result<Recording, InputProblem> {
  const read = readText(text);
  if (!read.ok) return read;
  const { json, placeOf } = read.value;
  const recording = readRecording(json);
  if (recording.ok) return recording;
  const { field, within } = recording.problem;
  return failure({ ...recording.problem, place: placeOf(field, within) });
}

/** As `parseRecording`, from parsed JSON that nobody has looked at. */
export function readRecording(json: unknown): Result<Recording, InputProblem> {
  const bounds = boundsProblem(json) ?? versionProblem(json);
  if (bounds !== null) return failure(bounds);
  const file = v.safeParse(fileSchema, upgraded(json), { abortEarly: true });
  if (!file.success) return failure(problemOf(file.issues[0]));
  const sought = soughtProblem(file.output.bookmarks ?? []);
  if (sought !== null) return failure(sought);
  const recording = build(file.output);
  const problem = coherenceProblem(recording) ?? branchesProblem(recording, file.output.branches ?? []);
  return problem === null ? success(recording) : failure(problem);
}

/** What is wrong with bookmarks that somebody wants to record; null if a file may hold them. */
export function bookmarksProblem(bookmarks: readonly RecordedBookmark[]): InputProblem | null {
  const read = v.safeParse(bookmarksSchema, bookmarks.map(writeBookmark), { abortEarly: true });
  return read.success ? null : problemOf(read.issues[0]);
}

/** What is wrong with an action that somebody wants to record; null if a file may hold it. */
export function actionProblem(action: Action, setup: Setup): InputProblem | null {
  const read = v.safeParse(actionSchema, writeAction(action), { abortEarly: true });
  return read.success ? strangerProblem(action.act, setup) : problemOf(read.issues[0]);
}

/** Said before anything else is checked: everything else may be different in a newer version. */
function versionProblem(json: unknown): InputProblem | null {
  const version = versionOf(json);
  return version > formatVersion ? { field: "version", message: newerVersion(version) } : null;
}

export const newerVersion = (version: number): string =>
  `made by a newer Driftwood: it has format version ${version}, this one reads version ${formatVersion}`;

export const problemOf = (issue: v.BaseIssue<unknown>): InputProblem => ({
  field: pathText(issue.path ?? []),
  message: messageOf(issue),
});

function pathText(path: readonly { readonly key?: unknown }[]): string {
  return path.reduce<string>((text, { key }) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

// ---- building -----------------------------------------------------------------------------------------------

const defaultLink = { latencyMs: [10 * microsPerMilli, 20 * microsPerMilli] as const };
const defaultDisk = [microsPerMilli, 3 * microsPerMilli] as const;

function build(file: FileJson): Recording {
  const actions = file.actions ?? [];
  const told = file.bookmarks ?? [];
  const bookmarks = told.flatMap(({ atMs: at, ...rest }) => (at === undefined ? [] : [{ at, ...rest }]));
  const sought = told.flatMap(({ atMs, when, ...rest }) =>
    atMs !== undefined || when === undefined ? [] : [{ when, ...rest }],
  );
  const view = file.view === undefined ? null : buildView(file.view);
  const profile = file.profile ?? "paper";
  return {
    title: file.title ?? "",
    notes: file.notes ?? "",
    preset: file.preset ?? "",
    profile,
    setup: buildSetup(file, profile),
    actions,
    bookmarks,
    ...(sought.length > 0 && { sought }),
    view,
    end: file.endMs ?? Math.max(0, view?.at ?? 0, ...actions.map(({ at }) => at), ...bookmarks.map(({ at }) => at)),
    branches: buildBranches(file.branches ?? [], actions),
    branch: file.branch ?? 0,
  };
}

function buildView(view: NonNullable<FileJson["view"]>): RecordedView {
  const { atMs, select = "", speed = 0.02, play = false, strayedMs, ...rest } = view;
  return { at: atMs, select, speed, play, ...(strayedMs === undefined ? {} : { strayed: strayedMs }), ...rest };
}

type BookmarkJson = Partial<Omit<RecordedBookmark, "at">> & { readonly atMs?: number };
const writeBookmark = ({ at, ...rest }: RecordedBookmark): BookmarkJson => ({ atMs: toMillis(at), ...rest });

const writeView = ({ at, order, select, speed, play, strayed, ...rest }: RecordedView) => ({
  atMs: toMillis(at),
  ...(order === undefined ? {} : { order }),
  select,
  speed,
  play,
  ...(strayed === undefined ? {} : { strayedMs: toMillis(strayed) }),
  ...rest,
});

type BranchesJson = NonNullable<FileJson["branches"]>;

/** A branch in the file has only the actions that its parent lacks; `shared` says how many it has in common. */
function buildBranches(branches: BranchesJson, own: readonly Action[]): readonly BranchRecord[] {
  const lines = [own];
  return branches.map(({ label, parent, fromMs, shared, actions, endMs }) => {
    const line = [...(lines[parent] ?? []).slice(0, shared), ...actions];
    lines.push(line);
    return { label, parent, from: fromMs, actions: line, end: endMs };
  });
}

function buildSetup(file: FileJson, profile: ProfileName): Setup {
  const network = file.network ?? {};
  const [writeMin, writeMax] = file.disk?.writeMs ?? defaultDisk;
  return {
    seed: file.seed ?? 1,
    raft: withParts(file.options ?? {}, profiles[profile]),
    servers: buildServers(file.servers ?? 5),
    groups: file.groups ?? 1,
    mode: network.mode ?? "automatic",
    link: readLinkSettings({ ...network, latencyMs: network.latencyMs ?? defaultLink.latencyMs }),
    disk: { writeMin, writeMax },
    bugs: (file.bugs ?? []).map(bugOf),
    clients: buildClients(file.clients ?? {}),
  };
}

/** Whoever has a session may repeat what was not answered, and does. */
const repeatsAfter = 400 * microsPerMilli;

function buildClients(json: NonNullable<FileJson["clients"]>): ClientSettings {
  const { sessions = defaultClients.sessions, sessionsMost = defaultClients.sessionsMost } = json;
  return {
    sessions,
    repeatAfter: json.repeatMs ?? (sessions ? repeatsAfter : defaultClients.repeatAfter),
    givesUpAfter: json.giveUpMs ?? defaultClients.givesUpAfter,
    sessionsMost,
  };
}

/** Nothing where clients behave as they do by themselves. */
function writtenClients(clients: ClientSettings) {
  const same = Object.entries(defaultClients).every(([name, value]) => clients[name as keyof ClientSettings] === value);
  if (same) return {};
  const { sessions, repeatAfter, givesUpAfter, sessionsMost } = clients;
  return {
    clients: { sessions, repeatMs: toMillis(repeatAfter), giveUpMs: toMillis(givesUpAfter), sessionsMost },
  };
}

function buildServers(json: NonNullable<FileJson["servers"]>): readonly ServerSetup[] {
  if (typeof json === "number") {
    return Array.from({ length: json }, (_, at) => ({ id: at + 1, term: 0, votedFor: 0, log: [], commit: 0 }));
  }
  return json.map(({ id, term, votedFor, log = [], commit = 0, member, options }) => ({
    id,
    term: term ?? log.at(-1) ?? 0,
    votedFor: votedFor ?? 0,
    log,
    commit,
    ...(member === undefined ? {} : { member }),
    ...(options === undefined ? {} : { options: partsOf(options) }),
  }));
}

// ---- writing --------------------------------------------------------------------------------------------------

/** The file as text: one line per action, bookmark, server. `parseRecording` gives the same recording again. */
export function formatRecording(recording: Recording): string {
  const rows = Object.entries(writeRecording(recording)).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${block(value)}`,
  );
  return `{\n${rows.join(",\n")}\n}\n`;
}

/** Lists of objects get a line per item; everything else stays on its line. */
function block(value: unknown): string {
  const isList = Array.isArray(value) && value.some((item) => typeof item === "object");
  if (!isList) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
}

/** The file as JSON-safe data. */
export function writeRecording(recording: Recording) {
  const { setup, view, branches } = recording;
  return {
    format: "driftwood",
    version: formatVersion,
    title: recording.title,
    notes: recording.notes,
    ...(recording.preset === "" ? {} : { preset: recording.preset }),
    seed: setup.seed,
    profile: recording.profile,
    ...writtenOptions(setup.raft, profiles[recording.profile]),
    ...(setup.bugs.length === 0 ? {} : { bugs: setup.bugs.map(({ name }) => name) }),
    ...writtenClients(setup.clients),
    servers: writeServers(setup),
    ...(setup.groups === 1 ? {} : { groups: setup.groups }),
    network: { mode: setup.mode, ...writeLinkSettings(setup.link) },
    disk: { writeMs: [toMillis(setup.disk.writeMin), toMillis(setup.disk.writeMax)] as const },
    actions: recording.actions.map(writeAction),
    bookmarks: [...recording.bookmarks.map(writeBookmark), ...(recording.sought ?? [])],
    ...(view === null ? {} : { view: writeView(view) }),
    endMs: toMillis(recording.end),
    ...(branches.length === 0
      ? {}
      : { branches: branches.map((branch) => writeBranch(branch, recording)), branch: recording.branch }),
  };
}
export type RecordingJson = ReturnType<typeof writeRecording>;

function writeBranch(branch: BranchRecord, recording: Recording) {
  const parent = lineOf(recording, branch.parent);
  const differs = branch.actions.findIndex((action, at) => !sameAction(action, parent[at]));
  const shared = differs < 0 ? branch.actions.length : differs;
  return {
    label: branch.label,
    parent: branch.parent,
    fromMs: toMillis(branch.from),
    shared,
    actions: branch.actions.slice(shared).map(writeAction),
    endMs: toMillis(branch.end),
  };
}

function sameAction(a: Action, b: Action | undefined): boolean {
  return a === b || (b !== undefined && JSON.stringify(writeAction(a)) === JSON.stringify(writeAction(b)));
}

/** Only what differs from the profile. */
function writtenOptions(raft: RaftOptions, base: RaftOptions) {
  const options = writeOptions(raft, base);
  return Object.keys(options).length === 0 ? {} : { options };
}

function writeServers({ servers, raft }: Setup) {
  const fresh = ({ term, votedFor, log, commit, member, options }: ServerSetup): boolean =>
    term + votedFor + log.length + commit === 0 && member === undefined && options === undefined;
  if (servers.every(fresh)) return servers.length;
  return servers.map(({ id, term, votedFor, log, commit, member, options }) => ({
    id: endName(id),
    term,
    votedFor: votedFor === 0 ? null : endName(votedFor),
    log,
    commit,
    ...(member === undefined ? {} : { member }),
    ...(options === undefined ? {} : { options: writeOwnOptions(options, raft) }),
  }));
}
