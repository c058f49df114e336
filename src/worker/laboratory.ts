import { failure, type Result, success } from "../base/result.ts";
import { type Micros, microsPerSecond } from "../base/units.ts";
import { History } from "../history/history.ts";
import { type ProfileName, profiles, type RaftOptions } from "../raft/options.ts";
import { firstRun } from "../scenario/first-run.ts";
import { limits } from "../scenario/limits.ts";
import type { InputProblem, RecordedView, Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import type { Act } from "../world/acts.ts";
import type { Setup } from "../world/state/setup.ts";
import { calm, frameOf, groupShown, type Teller } from "./frame.ts";
import type { Viewport } from "./protocol/frame.ts";
import type { Requests, Source, ViewState } from "./protocol/requests.ts";
import type { RunInfo } from "./protocol/run.ts";
import { timelineKey, timelineOf } from "./timeline.ts";

/** What somebody else's recording promises about its end. */
interface Opened {
  readonly recording: Recording;
  readonly hash: string | null;
  readonly engine: number;
}
type Answer<K extends keyof Requests> = Requests[K]["answer"];
type Moved = Answer<"seek">;

/** Events in one go before the thread looks up again: some 20 ms. */
const slice = 10_000;
/** Events in one answer to `advance`: some 5 ms, so that frames keep coming. */
const frameSlice = 3000;
/** Milliseconds of wall time between two timelines while a run plays. */
const timelineEvery = 100;
const jumpWithin: Micros = 60 * microsPerSecond;

/** One user's run: a history, what the page looks at, and an answer to every request. */
export class Laboratory {
  private history: History | null = null;
  private recording: Recording | null = null;
  private viewport: Viewport = { logFrom: 1, logCount: 0 };
  /** Loaded before there can be anything to tell: not for a newcomer's run as long as nobody acts in it. */
  private teller: Teller = calm;
  private timelineSent = "";
  private timelineSentAt = 0;

  private get run(): History {
    if (this.history === null) throw new Error("nothing is open");
    return this.history;
  }

  /** Replaces the run if the source is good; touches nothing if it is not. */
  async open(source: Source): Promise<Result<Answer<"open">, InputProblem>> {
    const read = await readSource(source);
    if (!read.ok) return read;
    const { recording, hash, engine } = read.value;
    if (recording !== firstRun) await this.loadTeller();
    const history = new History(recording.setup, recording.actions, recording.end);
    await runTo(history, recording.end);
    const otherEnd = hash !== null && hash !== history.hash() ? otherState("This run ends in", engine) : null;
    for (const branch of recording.branches) history.addBranch(branch);
    history.switchTo(recording.branch);
    await runTo(history, history.current.reach);
    show(history, recording.view);
    const mismatch = otherMoment(history, recording.view) ?? otherEnd;
    this.history = history;
    this.recording = recording;
    this.timelineSent = "";
    return success({ ...this.moved(), info: await infoOf(recording, mismatch) });
  }

  advance(to: Micros): Moved {
    const { run } = this;
    if (to > run.world.now) run.advance(to, frameSlice);
    return this.moved(true);
  }

  async seek(to: Micros): Promise<Moved> {
    await runTo(this.run, Math.min(to, this.run.current.end.at), to);
    return this.moved();
  }

  visit(event: number): Moved {
    this.run.visit(event);
    return this.moved();
  }

  step(direction: 1 | -1): Moved {
    if (direction === 1) this.run.stepForward();
    else this.run.stepBack();
    return this.moved();
  }

  jump({ mark, direction }: Requests["jump"]["ask"]): Answer<"jump"> {
    const found = this.run.jump(mark, direction, jumpWithin);
    return { ...this.moved(), found };
  }

  async act({ at, act }: Requests["act"]["ask"]): Promise<Answer<"act">> {
    const { run } = this;
    await this.loadTeller();
    if (at > run.world.now) run.advance(at);
    const unsaveable = await this.whyUnsaveable(act);
    const { refused, branched } = unsaveable === null ? run.act(act) : { refused: unsaveable, branched: false };
    return { ...this.moved(), refused, branched };
  }

  private async loadTeller(): Promise<void> {
    this.teller = await import("./faults.ts");
  }

  /** Nothing may be recorded that could not be opened again. */
  private async whyUnsaveable(act: Act): Promise<string | null> {
    const { world, current, setup, branches } = this.run;
    if (current.actions.length >= limits.actions) return `a recording holds at most ${limits.actions} acts`;
    if (branches.length >= limits.branches && this.run.inPast())
      return `a run holds at most ${limits.branches} branches`;
    const { actionProblem } = await import("../scenario/format.ts");
    const problem = actionProblem({ at: world.now, act }, setup);
    return problem && `${problem.field}: ${problem.message}`;
  }

  async branch(id: number): Promise<Moved> {
    const { run } = this;
    const { now } = run.world;
    run.switchTo(id);
    await runTo(run, run.current.reach);
    run.seek(Math.min(now, run.current.reach));
    return this.moved();
  }

  look(viewport: Viewport): Moved {
    this.viewport = { ...viewport, logCount: Math.min(viewport.logCount, 400) };
    return this.moved(true);
  }

  /** The sentences are loaded when somebody wants to read them. */
  async feed(ask: Requests["feed"]["ask"]): Promise<Answer<"feed">> {
    const { feedOf } = await import("./feed.ts");
    return feedOf(this.run, ask);
  }

  async explore(): Promise<Answer<"explore">> {
    const { explorationOf } = await import("./exploration.ts");
    return explorationOf(this.run);
  }

  async verdict(): Promise<Answer<"verdict">> {
    const { verdictOf } = await import("./verdict.ts");
    return verdictOf(this.run);
  }

  async clientHistory(ask: Requests["history"]["ask"]): Promise<Answer<"history">> {
    const { historyOf } = await import("./client-history.ts");
    return ask.until === "now" ? historyOf(this.run.world, ask) : this.atEnd(({ world }) => historyOf(world, ask));
  }

  async share({ as, view }: Requests["share"]["ask"]): Promise<Result<Answer<"share">, InputProblem>> {
    const recording = this.record(this.momentOf(view), as === "save");
    if (as !== "link") return success({ text: (await import("../scenario/format.ts")).formatRecording(recording) });
    const { encodeLink } = await import("../scenario/link.ts");
    const text = await encodeLink(recording, recording.view!, this.endHash());
    if (text.length > limits.fragment) {
      return failure({ field: "link", message: "this run is too long for a link: save it as a file" });
    }
    return success({ text });
  }

  /** Hash of the state at the end of the branch: what another machine must find too. */
  private endHash(): string {
    return this.atEnd((run) => run.hash());
  }

  /** Looks at the end of the branch and comes back. */
  private atEnd<Seen>(look: (run: History) => Seen): Seen {
    const { run } = this;
    const { at, event } = run.place;
    run.seek(run.current.reach);
    const seen = look(run);
    run.visit(event);
    if (at > run.world.now) run.seek(at);
    return seen;
  }

  /** The moment that the page shows, to the event: the run gets there first. */
  private momentOf(view: ViewState): RecordedView {
    const { run } = this;
    if (view.at > run.world.now) run.advance(view.at);
    const { order, place } = run;
    const seen = { engine: engineVersion, hash: run.hash() };
    return { ...view, at: place.at, ...(order === undefined ? {} : { order }), seen, play: false };
  }

  /** With every branch as the history has them, or the present one alone. */
  private record(view: RecordedView, withBranches: boolean): Recording {
    const { current, branches } = this.run;
    const [own, ...others] = withBranches ? branches : [current];
    return {
      ...this.recording!,
      actions: own!.actions,
      end: own!.reach,
      view,
      branches: others.map(({ label, parent, from, actions, reach: end }) => ({
        label,
        parent,
        from: from.at,
        actions,
        end,
      })),
      branch: withBranches ? current.id : 0,
    };
  }

  private moved(mayWait = false): Moved {
    const frame = frameOf(this.run, this.viewport, this.teller);
    const group = groupShown(this.run, this.viewport);
    const key = timelineKey(this.run, group);
    const time = performance.now();
    if (key === this.timelineSent || (mayWait && time - this.timelineSentAt < timelineEvery))
      return { frame, timeline: null };
    this.timelineSent = key;
    this.timelineSentAt = time;
    return { frame, timeline: timelineOf(this.run, group) };
  }
}

/** Runs or seeks to `to` and lets the thread breathe between slices: long runs must not look like a hang. */
async function runTo(history: History, explored: Micros, to = explored): Promise<void> {
  if (history.world.now > explored || explored <= history.current.end.at) history.seek(explored);
  while (!history.advance(to, slice)) await new Promise((resolve) => setTimeout(resolve, 0));
}

async function readSource(source: Source): Promise<Result<Opened, InputProblem>> {
  switch (source.from) {
    case "link":
      return (await import("../scenario/link.ts")).decodeLink(source.fragment);
    case "file":
      return asOpened((await import("../scenario/format.ts")).parseRecording(source.text));
    case "preset":
      return asOpened(await readPreset(source.id));
  }
}

const asOpened = (read: Result<Recording, InputProblem>): Result<Opened, InputProblem> =>
  read.ok ? success({ recording: read.value, hash: null, engine: engineVersion }) : read;

/** What a newcomer sees comes alone, and needs no reader: the page does not wait for either. */
async function readPreset(id: string): Promise<Result<Recording, InputProblem>> {
  if (id === firstRun.preset) return success(firstRun);
  const { presets } = await import("../scenario/presets/index.ts");
  const preset = presets.find((candidate) => candidate.id === id);
  return preset === undefined
    ? failure({ field: "preset", message: `there is no scenario "${id}"` })
    : success(preset.recording);
}

/** To the moment that the recording asks for, in a run that is known up to its end. */
function show(history: History, view: RecordedView | null): void {
  if (view?.order === undefined) history.seek(view?.at ?? 0);
  else history.seekWithin(view.at, view.order);
}

function otherMoment(history: History, view: RecordedView | null): string | null {
  if (view?.seen === undefined || view.seen.hash === history.hash()) return null;
  return otherState("This moment has", view.seen.engine);
}

/** `here`: "This run ends in", which another state follows. */
function otherState(here: string, engine: number): string {
  const told = `${here} another state here than its author saw.`;
  // Another version may count the same state differently: then nobody can tell.
  return engine === engineVersion
    ? `${told} The run was changed after it was made.`
    : `This run was made by engine version ${engine}, this is ${engineVersion}. ${told}`;
}

const profileWords: Readonly<Record<ProfileName, string>> = {
  paper: "Figure 2 rules",
  dissertation: "the dissertation's rules",
  etcd: "etcd/raft's rules",
};

/** Nobody shall take a changed rule for the profile's own. */
async function rulesInWords(options: RaftOptions, profile: ProfileName): Promise<string> {
  if (options === profiles[profile]) return profileWords[profile];
  const { optionRows, optionsDiffering } = await import("../scenario/options.ts");
  const [first, ...others] = optionsDiffering(options, profiles[profile]);
  const rules = profileWords[profile];
  if (first === undefined) return rules;
  return others.length > 0
    ? `${rules} but ${others.length + 1} options`
    : `${rules} but ${optionRows[first].title.toLowerCase()}`;
}

async function infoOf(recording: Recording, mismatch: string | null): Promise<RunInfo> {
  const { title, notes, preset, bookmarks, view, setup, profile } = recording;
  const count = setup.servers.length;
  const machines = `${count === 1 ? "1 server" : `${count} servers`}${setup.groups > 1 ? `, ${setup.groups} groups` : ""}`;
  const summary = `${await rulesInWords(setup.raft, profile)}, ${machines}, seed ${setup.seed}`;
  return {
    title,
    notes,
    summary,
    ownOptions: await ownOptionsOf(setup),
    preset,
    bookmarks,
    view,
    bugs: setup.bugs.map(({ name, title }) => ({ name, title })),
    mismatch,
  };
}

async function ownOptionsOf({ servers, raft }: Setup): Promise<RunInfo["ownOptions"]> {
  if (servers.every(({ options }) => options === undefined)) return [];
  const { optionRows, optionsDiffering } = await import("../scenario/options.ts");
  const { valueText } = await import("../scenario/option-kinds.ts");
  return servers.flatMap(({ id: server, options }) => {
    const own = { ...raft, ...options };
    const differing = optionsDiffering(own, raft).map((name) => {
      const { title, kind, write } = optionRows[name];
      return { title, here: valueText(kind, write(own)), run: valueText(kind, write(raft)) };
    });
    return differing.length === 0 ? [] : [{ server, options: differing }];
  });
}
