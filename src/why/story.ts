import type { GroupId } from "../base/units.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { type BugName, bugOf } from "../raft/bugs/index.ts";
import { departuresOf } from "./departures.ts";
import { headline, isTelling, weightOf } from "./headline.ts";
import { stepOf, stepsMost } from "./steps.ts";
import { storyOfCommand, storyOfEntry } from "./story-entry.ts";
import { storyOfTerm } from "./story-term.ts";
import type { Story, StoryAbout, StoryStep } from "./types.ts";

/** How something came about, in a dozen steps at most, each of which can be visited; null: there is no such thing. */
export function* storyOf(history: History, causes: Causes, about: StoryAbout): Work<Story | null> {
  switch (about.kind) {
    case "command":
      return yield* storyOfCommand(history, causes, about.command, about.group);
    case "entry":
      return yield* storyOfEntry(history, causes, about.index, about.group, about.term);
    case "term":
      return yield* storyOfTerm(history, causes, about.term, about.group);
    case "leader":
      return yield* storyOfLeader(history, causes, about.group);
    case "violation":
      return yield* storyOfViolation(history, causes);
  }
}

function* storyOfLeader(history: History, causes: Causes, group: GroupId): Work<Story | null> {
  const leaders = history.world.machines.filter(
    (each) => each !== undefined && each.group === group && each.status !== "down" && each.raft.role === "leader",
  );
  const [newest] = leaders.sort((a, b) => b.raft.term - a.raft.term);
  if (newest === undefined) return null;
  const story = yield* storyOfTerm(history, causes, newest.raft.term, group);
  return story && { ...story, about: `S${newest.id} as leader of term ${newest.raft.term}` };
}

const followedMost = 120;
const back = 8000;
const departuresMost = 4;

/** What led to the property that broke: of its causes the most telling. */
function* storyOfViolation(history: History, causes: Causes): Work<Story | null> {
  const { violation } = history.world;
  const mark = history.current.index.rare.find(({ kind }) => kind === "violation");
  if (violation === null || mark === undefined) return null;
  const past = yield* causes.past(mark.event, { most: followedMost, back });
  // Where a rule that is switched off answered otherwise, whether or not word of it has reached whom it harms.
  const departed = (yield* departuresOf(history)).slice(-departuresMost);
  const rows = new Map(past.events.map(({ row }) => [row.event, row]));
  for (const { event } of departed) {
    const row = yield* causes.row(event);
    if (row !== null) rows.set(event, row);
  }
  const isDeparture = (event: number): boolean => departed.some((each) => each.event === event);
  const found = [...rows.values()]
    .filter(({ event, facts }) => event === mark.event || isDeparture(event) || isTelling(facts))
    .flatMap((row) => {
      const fact = headline(row.facts);
      if (fact === null) return [];
      const kind = isDeparture(row.event) ? "rule off" : fact.kind === "decided" ? fact.decision.kind : fact.kind;
      return [{ weight: weightOf(row.facts) + (kind === "rule off" ? 500 : 0), step: stepOf(row, kind, fact) }];
    })
    .sort((a, b) => b.weight - a.weight || b.step.event - a.step.event);
  const steps: StoryStep[] = found.slice(0, stepsMost).map(({ step }) => step);
  const off = history.setup.bugs.filter(({ veiled }) => !veiled).map(({ name }) => bugOf(name as BugName).title);
  const without = off.length === 0 ? "" : ` Switched off in this run: ${off.join("; ")}.`;
  return {
    about: violation.property,
    steps: steps.sort((a, b) => a.event - b.event),
    outcome: `${violation.property} (${violation.section}) is broken: ${violation.detail}.${without}`,
    more: past.more || found.length > stepsMost,
  };
}
