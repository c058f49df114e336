import type { ServerId } from "../../../base/units.ts";
import { inOldAndNew } from "../../../scenario/names.ts";
import type { LabState } from "../../../store/lab.ts";
import { isQuestionOpen } from "../../../store/open-question.ts";
import { stepsOf, storyPlace } from "../../../store/story.ts";
import type { Frame } from "../../../worker/protocol/frame.ts";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { entryAt } from "../log/cells.ts";
import { halvesOf, talliesOf, voteWords } from "./membership.ts";
import { formatTime } from "./time.ts";
import { leaderSentence, listed } from "./words.ts";

/** The step's own sentence where every word of it holds (what was said of the run before this one need not), else one that is made from the state. */
export function sayNow(state: LabState): string {
  if (state.frame === null) return "The engine is starting.";
  const lesson = state.info?.lesson;
  const begins = lesson?.fresh === true && lesson.at === state.frame.position.at && state.frame.strayed === null;
  if (begins && lesson.counter === null) return firstSentence(lesson.text);
  const place = storyPlace(state);
  const step = place.kind === "at" ? stepsOf(state)[place.step] : undefined;
  return step === undefined || step.before !== undefined ? nowSentence(state.frame, isQuestionOpen(state)) : step.label;
}

/** Of a lesson's text, without its signs. */
const firstSentence = (text: string): string =>
  (/^.*?[.?!](?= |$)/.exec(text)?.[0] ?? text).replace(/\*\*|\[([^\]]*)\]\([^)]*\)/g, "$1");

/** What is going on, in one or two short sentences of the present tense. Every word of it holds in the frame. `asked`: how many are needed is not told. */
export function nowSentence(frame: Frame, asked = false): string {
  if (frame.told !== undefined) return frame.told.said || frame.told.leads;
  if (frame.violation !== null) return `Violated: ${frame.violation.property}. The run stops here.`;
  if (frame.stopped !== null) return `The run stops here: ${frame.stopped}.`;
  const leaders = frame.servers.filter((server) => server.role === "leader" && server.status !== "down");
  const newest = leaders.toSorted((a, b) => b.term - a.term)[0];
  const said = newest === undefined ? noLeader(frame, asked) : leading(leaders, newest, asked);
  const where = frame.groupCount > 1 ? `In group ${frame.group}: ` : "";
  return [`${where}${said}`, down(frame.servers)].filter((sentence) => sentence !== "").join(" ");
}

const allOf = (entries: number): string =>
  entries === 1 ? "entry 1" : entries === 2 ? "both entries" : `all ${entries} entries`;
const name = ({ id }: Pick<ServerView, "id">): string => `S${id}`;
const namesOf = (servers: readonly ServerView[]): string => listed(servers.map(name));

function down(servers: readonly ServerView[]): string {
  const gone = servers.filter(({ status }) => status === "down");
  if (gone.length === 0) return "";
  return `${namesOf(gone)} ${gone.length === 1 ? "is" : "are"} down.`;
}

function leading(leaders: readonly ServerView[], newest: ServerView, asked: boolean): string {
  const known = entryWords(newest, asked);
  if (leaders.length > 1) return `${leaderSentence(leaders)}. ${name(newest)} ${known}.`;
  const leads = `${name(newest)} leads term ${newest.term}`;
  return newest.status === "paused" ? `${leads}, and its process is paused.` : `${leads} and ${known}.`;
}

/** What a leader knows of its first uncommitted entry, or that there is none. */
function entryWords(leader: ServerView, asked: boolean): string {
  const index = leader.commitIndex + 1;
  if (leader.lastIndex === 0) return "has no entries yet";
  if (index > leader.lastIndex) return `has committed ${allOf(leader.lastIndex)}`;
  const halves = storedIn(leader, index);
  const known = `knows entry ${index} on ${inOldAndNew(halves.map(({ stored, voters }) => `${stored} of ${voters.length}`))}`;
  if (asked) return known;
  if (halves.some(({ stored, quorum }) => stored < quorum))
    return `${known}; it needs ${inOldAndNew(halves.map(({ quorum }) => String(quorum)))}`;
  return isOlder(leader, index) ? `${known}, but the entry is of an older term` : known;
}

/** How many of each half of its configuration a leader knows to store an entry; itself by its disk. */
function storedIn(leader: ServerView, index: number) {
  const stores = (id: ServerId): boolean =>
    id === leader.id
      ? leader.disk.durable >= index
      : (leader.progress ?? []).some((row) => row.server === id && row.match >= index);
  return halvesOf(leader).map((half) => ({ ...half, stored: half.voters.filter(stores).length }));
}

/** As far as the page has been told: what lies further back may be. */
const isOlder = (leader: ServerView, index: number): boolean =>
  (entryAt(leader, index)?.term ?? leader.term) < leader.term;

function noLeader({ servers, mode }: Frame, asked: boolean): string {
  const standing = servers.filter(({ role, status }) => role === "candidate" && status === "up");
  if (standing.length > 0) return candidates(standing, asked);
  const asking = servers.filter(({ role, status }) => role === "preCandidate" && status === "up");
  if (asking.length > 0)
    return `Nobody leads. ${namesOf(asking)} ${asking.length > 1 ? "ask" : "asks"} who would vote.`;
  if (mode === "manual") return "Nobody leads, and nothing happens by itself: you deliver every message.";
  const next = nextTimer(servers);
  if (next === null) return "Nobody leads.";
  return `Nobody leads. ${name(next)}’s election timer runs out next, at ${formatTime(next.electionDueAt ?? 0)}.`;
}

function candidates(standing: readonly ServerView[], asked: boolean): string {
  const [only] = standing;
  if (standing.length === 1 && only !== undefined)
    return `${name(only)} stands in term ${only.term} with ${votes(only, asked)}.`;
  const each = standing.map((server) => `${name(server)} in term ${server.term}`);
  return `Nobody leads. Candidates are ${listed(each)}.`;
}

/** "1 of the 3 votes that it needs", or "1 vote"; in each half of a joint configuration. */
function votes(candidate: ServerView, asked: boolean): string {
  const tallies = talliesOf(candidate);
  if (asked && tallies.length === 1) return voteWords(tallies[0]!.granted);
  return inOldAndNew(
    tallies.map(
      ({ granted, quorum }, half) => `${granted} of the ${quorum}${half === 0 ? " votes that it needs" : ""}`,
    ),
  );
}

/** The voter that is up and whose timer is due first; null where none runs, or two are due together. */
function nextTimer(servers: readonly ServerView[]): ServerView | null {
  const due = servers
    .filter(({ status, member, electionDueAt }) => status === "up" && member === "voter" && electionDueAt !== null)
    .toSorted((a, b) => (a.electionDueAt ?? 0) - (b.electionDueAt ?? 0));
  const [first, second] = due;
  return first === undefined || first.electionDueAt === second?.electionDueAt ? null : first;
}
