import { failure, type Result, success } from "../base/result.ts";
import { type Micros, microsPerSecond } from "../base/units.ts";
import { History } from "../history/history.ts";
import type { Look } from "../history/unpromised.ts";
import type { Work } from "../history/work.ts";
import { firstRun } from "../scenario/first-run.ts";
import { limits } from "../scenario/limits.ts";
import type { InputProblem, RecordedView, Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import type { Act, Action } from "../world/acts.ts";
import type { Explaining } from "./explaining.ts";
import { calm, frameOf, groupShown, type Teller } from "./frame.ts";
import { infoOf } from "./info.ts";
import { Job } from "./job.ts";
import { otherMoment, otherState } from "./other-state.ts";
import { part } from "./part.ts";
import type { Viewport } from "./protocol/frame.ts";
import type { OwnSource, Requests, ViewState } from "./protocol/requests.ts";
import type { RunInfo } from "./protocol/run.ts";
import { Readers } from "./readers.ts";
import { beforeMoment, showing } from "./shown.ts";
import { asPlayed, claimsOf, readSource, scenarioOf } from "./source.ts";
import { createStraying } from "./strayed.ts";
import { timelineKey, timelineOf } from "./timeline.ts";

type Answer<K extends keyof Requests> = Requests[K]["answer"];
type Moved = Answer<"seek">;
type Format = Pick<typeof import("../scenario/format.ts"), "actionProblem">;

/** One answer to `advance` takes so many events, and milliseconds, at most, so that frames keep coming. */
const frameEvents = 3000;
const frameMillis = 8;
/** Events between two looks at the clock. */
const frameLook = 100;
/** Milliseconds of wall time between two timelines while a run plays. */
const timelineEvery = 100;
const jumpWithin: Micros = 60 * microsPerSecond;

/** A run that has been made ready beside the one that is shown. */
interface Prepared {
  readonly history: History;
  readonly recording: Recording;
  readonly info: RunInfo;
}

/**
 * One user's run: a history, what the page looks at, and an answer to every request. What may take long is a job, done
 * in slices; a job that is cancelled leaves everything as it was.
 */
export class Laboratory {
  private history: History | null = null;
  private recording: Recording | null = null;
  /** The scenarios that are told one after the other, the one that is shown among them. */
  private play: readonly string[] = [];
  private straying = createStraying({ actions: [], view: null });
  /** The branch that the steps tell of. */
  private told = 0;
  /** By number: what was opened and not entered yet. */
  private readonly prepared = new Map<number, Prepared>();
  private opened = 0;
  private viewport: Viewport = { logFrom: 1, logCount: 0 };
  /** Loaded before there can be anything to tell: not for a newcomer's run as long as nobody acts in it. */
  private teller: Teller = calm;
  /** How far the run was looked through for what is not promised and did not hold. */
  private looked: Look | null = null;
  private readonly readers = new Readers();
  private paired: import("./pair.ts").Paired | null = null;
  private ways: import("./outlook.ts").Ways | null = null;
  private timelineSent = "";
  private timelineSentAt = 0;

  private get run(): History {
    if (this.history === null) throw new Error("nothing is open");
    return this.history;
  }

  /**
   * Makes a run ready to be entered, if the source is good. The run that is shown goes on answering meanwhile. `kept`: a
   * file; it is opened instead if it has the same run.
   */
  async open(source: OwnSource, job = new Job(), kept = ""): Promise<Result<Answer<"open">, InputProblem>> {
    const read = await readSource(source);
    if (!read.ok) return read;
    const named = await this.found(read.value.recording, job);
    const whole = kept === "" ? null : (await part(() => import("../scenario/kept.ts"))).keptRun(named, kept);
    const { hash, engine, play = [] } = whole === null ? read.value : { ...read.value, hash: "" };
    const recording = await asPlayed(whole ?? named);
    if (recording !== firstRun) await this.loadTeller();
    const history = new History(recording.setup, recording.actions, recording.end);
    const own = beforeMoment(recording.end, recording, 0);
    await job.run(history.seeking(own));
    const otherEnd = own === recording.end && hash !== "" && hash !== history.hash();
    for (const branch of recording.branches) history.addBranch(branch);
    history.switchTo(recording.branch);
    await job.run(history.seeking(beforeMoment(history.current.reach, recording, recording.branch)));
    await job.run(showing(history, recording.view));
    const mismatch = otherMoment(history, recording.view) ?? (otherEnd ? otherState("This run ends in", engine) : null);
    const info = await infoOf(recording, mismatch, play, source.from === "lesson" ? source.show : undefined);
    this.prepared.set(++this.opened, { history, recording, info });
    return success({ run: this.opened, kept: whole !== null });
  }

  private async found(recording: Recording, job: Job): Promise<Recording> {
    if (recording.sought === undefined) return recording;
    return job.run((await part(() => import("../scenario/sought.ts"))).foundIn(recording));
  }

  /** Shows a run that was opened, in the place of the one before. */
  enter(run: number): Answer<"enter"> {
    const prepared = this.prepared.get(run);
    if (prepared === undefined) throw new Error(`run ${run} was not opened`);
    this.prepared.delete(run);
    this.history = prepared.history;
    this.recording = prepared.recording;
    this.play = prepared.info.play;
    this.looked = null;
    const { view } = prepared.recording;
    this.told = view?.told ?? 0;
    this.straying = createStraying({ actions: this.run.branches[this.told]!.actions.slice(), view });
    this.timelineSent = "";
    return { ...this.moved(), info: prepared.info };
  }

  advance(to: Micros): Moved {
    const { run } = this;
    if (to > run.world.now) this.advanceForAFrame(to);
    return this.moved(true);
  }

  private advanceForAFrame(to: Micros): void {
    const enough = this.aFrame();
    while (!this.run.advance(to, frameLook)) if (enough()) return;
  }

  /** Whether what was done since is as much as one answer may take. */
  private aFrame(): () => boolean {
    const [from, begun] = [this.run.place.event, performance.now()];
    return () => this.run.place.event - from >= frameEvents || performance.now() - begun > frameMillis;
  }

  /** As `advance`, but stops where one of the conditions comes true. */
  async advanceUntil(to: Micros, stops: readonly string[]): Promise<Moved> {
    const { advanceUntil } = await part(() => import("./stopping.ts"));
    const group = groupShown(this.run, this.viewport);
    const cameTrue = to > this.run.world.now ? advanceUntil(this.run, to, { stops, group }, this.aFrame()) : null;
    const { frame, timeline } = this.moved(cameTrue === null);
    return { frame: cameTrue === null ? frame : { ...frame, cameTrue }, timeline };
  }

  async seek(to: Micros, job = new Job()): Promise<Moved> {
    await this.whole(this.run.seeking(to), job);
    return this.moved();
  }

  async visit(event: number, job = new Job()): Promise<Moved> {
    await this.whole(this.run.visiting(event), job);
    return this.moved();
  }

  async step(direction: 1 | -1, job = new Job()): Promise<Moved> {
    if (direction === 1) this.run.stepForward();
    else await this.whole(this.run.steppingBack(), job);
    return this.moved();
  }

  async jump({ mark, direction }: Requests["jump"]["ask"], job = new Job()): Promise<Answer<"jump">> {
    const found = await this.whole(this.run.jumping(mark, direction, jumpWithin), job);
    return { ...this.moved(), found };
  }

  async act({ at, act }: Requests["act"]["ask"], job = new Job()): Promise<Answer<"act">> {
    const { run } = this;
    await this.loadTeller();
    const format = await part(() => import("../scenario/format.ts"));
    if (at > run.world.now) await this.whole(run.advancing(at), job);
    const unsaveable = this.whyUnsaveable(act, format);
    const { refused, branched } = unsaveable === null ? run.act(act) : { refused: unsaveable, branched: false };
    return { ...this.moved(), refused, branched };
  }

  /** All of it, or nothing. */
  private async whole<Outcome>(work: Work<Outcome>, job: Job): Promise<Outcome> {
    const comeBack = this.run.returnPoint();
    try {
      return await job.run(work);
    } catch (error) {
      comeBack();
      throw error;
    }
  }

  private async loadTeller(): Promise<void> {
    this.teller = await part(() => import("./faults.ts"));
  }

  /** Nothing may be recorded that could not be opened again. */
  private whyUnsaveable(act: Act, format: Format): string | null {
    const { world, current } = this.run;
    if (current.actions.length >= limits.actions) return `a recording holds at most ${limits.actions} acts`;
    return (this.run.inPast() ? this.whyNoBranch() : null) ?? this.whyNoAction({ at: world.now, act }, format);
  }

  private whyNoBranch(): string | null {
    return this.run.branches.length >= limits.branches ? `a run holds at most ${limits.branches} branches` : null;
  }

  private whyNoAction(action: Action, { actionProblem }: Format): string | null {
    const problem = actionProblem(action, this.run.setup);
    return problem && `${problem.field}: ${problem.message}`;
  }

  async acts(): Promise<Answer<"acts">["rows"]> {
    const { actsOf } = await part(() => import("./editing.ts"));
    return actsOf(this.run);
  }

  async edit(edit: Requests["edit"]["ask"], job = new Job()): Promise<Answer<"edit">> {
    await this.loadTeller();
    const format = await part(() => import("../scenario/format.ts"));
    const { editing } = await part(() => import("./editing.ts"));
    const unsaveable = this.whyNoBranch() ?? (edit.instead === null ? null : this.whyNoAction(edit.instead, format));
    if (unsaveable !== null) return { ...this.moved(), refused: unsaveable, impossible: [] };
    const comeBack = this.run.returnPoint();
    const edited = await this.whole(editing(this.run, edit), job);
    if (edited.refused !== null) comeBack();
    return { ...this.moved(), ...edited };
  }

  async steps({ steps }: Requests["steps"]["ask"]): Promise<Result<Answer<"steps">, InputProblem>> {
    const { toldWith } = await part(() => import("./telling.ts"));
    const { id, actions } = this.run.current;
    const told = toldWith(steps, this.recording!.bookmarks, this.straying(actions));
    if (!told.ok) return told;
    const { bookmarks, anew } = told.value;
    this.recording = { ...this.recording!, bookmarks };
    if (anew) {
      this.told = id;
      this.straying = createStraying({ actions: actions.slice(), view: null });
    }
    return success({ ...this.moved(), steps: bookmarks });
  }

  async branch(id: number, job = new Job()): Promise<Moved> {
    await this.whole(this.goingOver(id), job);
    return this.moved();
  }

  async amend(ask: Requests["amend"]["ask"], job = new Job()): Promise<Moved> {
    const { amend } = await part(() => import("./branches.ts"));
    const { parent = 0, id } = this.run.branches[ask.branch] ?? {};
    if (ask.label === null && this.run.current.id === id) await this.whole(this.goingOver(Math.max(0, parent)), job);
    this.told = amend(this.run, ask, this.told);
    this.readers.forget();
    this.timelineSent = "";
    return this.moved();
  }

  private *goingOver(id: number): Work {
    const { run } = this;
    const { now } = run.world;
    run.switchTo(id);
    yield* run.seeking(run.current.reach);
    yield* run.seeking(Math.min(now, run.current.reach));
  }

  look(viewport: Viewport): Moved {
    this.viewport = { ...viewport, logCount: Math.min(viewport.logCount, 400) };
    return this.moved(true);
  }

  /** The sentences are loaded when somebody wants to read them. */
  async feed(ask: Requests["feed"]["ask"], job = new Job()): Promise<Answer<"feed">> {
    const { feedOf } = await part(() => import("./feed.ts"));
    return job.run(feedOf(this.run, ask));
  }

  async explore(job = new Job()): Promise<Answer<"explore">> {
    const { explorationOf } = await part(() => import("./exploration.ts"));
    return job.run(explorationOf(this.run));
  }

  async sheet(ask: Requests["sheet"]["ask"], job = new Job()): Promise<Answer<"sheet">> {
    return job.run((await this.readers.sheets(this.run)).of(ask));
  }

  async diagram(ask: Requests["diagram"]["ask"], job = new Job()): Promise<Answer<"diagram">> {
    return job.run((await this.readers.diagrams(this.run)).of(ask));
  }

  async metrics(ask: Requests["metrics"]["ask"], job = new Job()): Promise<Answer<"metrics">> {
    return job.run((await this.readers.metrics(this.run)).of(ask));
  }

  async ticks(job = new Job()): Promise<Answer<"ticks">> {
    const judge = await this.readers.ticks(this.run, this.recording!.preset);
    return { ticks: judge === null ? [] : await job.run(judge.upToNow()) };
  }

  async score(job = new Job()): Promise<Answer<"game">["score"]> {
    const scorer = await this.readers.scorer(this.run, this.recording!);
    return scorer && job.run(scorer.upToNow());
  }

  async verdict(job = new Job()): Promise<Answer<"verdict">> {
    const { verdictOf } = await part(() => import("./verdict.ts"));
    const { verdict, look } = await job.run(verdictOf(this.run, this.looked));
    this.looked = look;
    return verdict;
  }

  async clientHistory(ask: Requests["history"]["ask"], job = new Job()): Promise<Answer<"history">> {
    const { historyOf } = await part(() => import("./client-history.ts"));
    return ask.until === "now" ? historyOf(this.run.world, ask) : this.atEnd(({ world }) => historyOf(world, ask), job);
  }

  /** Runs both from their start, beside the run that is shown. */
  async again(
    { file, until, group }: Requests["again"]["ask"],
    job = new Job(),
  ): Promise<Result<Answer<"again">, InputProblem>> {
    const { againOf } = await part(() => import("./again.ts"));
    const read = (await part(() => import("../scenario/format.ts"))).parseRecording(file);
    if (!read.ok) return read;
    const here = { ...this.recording!, actions: this.run.current.actions };
    return success(await job.run(againOf(here, read.value, { until, group }, await claimsOf(here.preset))));
  }

  async outlook({ steps }: Requests["outlook"]["ask"], job = new Job()): Promise<Answer<"outlook">> {
    const { lookAhead } = await part(() => import("./outlook.ts"));
    const { view, ways } = await job.run(lookAhead(this.run, groupShown(this.run, this.viewport), steps));
    this.ways = ways;
    return view;
  }

  async take({ way }: Requests["take"]["ask"], job = new Job()): Promise<Answer<"take">> {
    await this.loadTeller();
    const { goingWay } = await part(() => import("./outlook.ts"));
    const ways = this.ways;
    const length = (ways?.past.length ?? 0) + (ways?.rows[way]?.actions.length ?? 0);
    const refused = length > limits.actions ? `a recording holds at most ${limits.actions} acts` : this.whyNoBranch();
    if (refused === null && ways !== null) await this.whole(goingWay(this.run, ways, way), job);
    return { ...this.moved(), refused };
  }

  async pair(ask: Requests["pair"]["ask"], job = new Job()): Promise<Result<Answer<"pair">, InputProblem>> {
    const { pairedOf } = await part(() => import("./pair.ts"));
    const paired = await pairedOf(this.run, ask);
    if (!paired.ok) return paired;
    this.paired = paired.value;
    return success(await job.run(paired.value.opened()));
  }

  async both({ at, step }: Requests["both"]["ask"], job = new Job()): Promise<Answer<"both">> {
    return { moment: this.paired && (await job.run(this.paired.moment(at, step))) };
  }

  /** In words, for somebody who looks at no page. */
  async report(ask: Requests["report"]["ask"], job = new Job()): Promise<Answer<"report">> {
    return this.at(ask.view, () => this.written(ask, job));
  }

  private async written({ as, filter, page, view }: Requests["report"]["ask"], job: Job): Promise<Answer<"report">> {
    const { eventsText, markdownText } = await part(() => import("./report.ts"));
    await this.momentOf(view, job);
    if (as === "events") return { text: await job.run(eventsText(this.run, filter)) };
    const { title, summary, differs, ownOptions, bugs } = await infoOf(this.recording!, null);
    const link = await this.shared({ as: "link", view }, job);
    const url = link.ok ? `${page}#${link.value.text}` : null;
    return { text: await job.run(markdownText(this.run, filter, { title, summary, url, differs, ownOptions, bugs })) };
  }

  async explain<Explained>(work: (by: Explaining) => Work<Explained>, job = new Job()): Promise<Explained> {
    return job.run(work(await this.readers.explaining(this.run)));
  }

  async until(ask: Requests["until"]["ask"], job = new Job()): Promise<Result<Answer<"until">, InputProblem>> {
    const going = (await this.readers.explaining(this.run)).until(ask);
    if (!going.ok) return going;
    const found = await this.whole(going.value, job);
    return success({ ...this.moved(), found });
  }

  async share(ask: Requests["share"]["ask"], job = new Job()): Promise<Result<Answer<"share">, InputProblem>> {
    return this.at(ask.view, () => this.shared(ask, job));
  }

  async export(ask: Requests["export"]["ask"], job = new Job()): Promise<Result<Answer<"export">, InputProblem>> {
    const { exported } = await part(() => import("./exporting.ts"));
    return job.run(exported(this.run, this.recording!.title, ask));
  }

  private async shared(
    { as, view }: Requests["share"]["ask"],
    job: Job,
  ): Promise<Result<Answer<"share">, InputProblem>> {
    const recording = this.record(await this.momentOf(view, job), as === "save");
    if (as === "file" || as === "save")
      return success({ text: (await part(() => import("../scenario/format.ts"))).formatRecording(recording) });
    const { writeAddress } = await part(() => import("../scenario/address.ts"));
    const scenario = await scenarioOf(recording.preset);
    const hash = as === "link" ? () => this.endHash(job) : async () => "";
    const text = await writeAddress(recording, recording.view!, {
      scenario,
      seen: as === "link",
      hash,
      // Who is sent a moment is not sent the lecture.
      play: as === "address" ? this.play : [],
    });
    if (text.length <= limits.fragment) return success({ text });
    if (as === "address") return success({ text: "" });
    return failure({ field: "link", message: "this run is too long for a link: save it as a file" });
  }

  /** Hash of the state at the end of the branch: what another machine must find too. */
  private async endHash(job: Job): Promise<string> {
    const { order, place, current } = this.run;
    if (order !== undefined && place.at === current.reach) return this.run.hash();
    return this.atEnd((run) => run.hash(), job);
  }

  /** Looks at the end of the branch and comes back. */
  private async atEnd<Seen>(look: (run: History) => Seen, job: Job): Promise<Seen> {
    const { run } = this;
    return this.aside(async () => {
      await job.run(run.seeking(run.current.reach));
      return look(run);
    });
  }

  /** What is asked of the moment that the page shows moves nothing, also where it was asked before its last move was done. */
  private at<Seen>(view: ViewState, look: () => Promise<Seen>): Promise<Seen> {
    return view.at > this.run.world.now ? this.aside(look) : look();
  }

  /** Goes elsewhere and comes back. */
  private async aside<Seen>(look: () => Promise<Seen>): Promise<Seen> {
    const comeBack = this.run.returnPoint();
    try {
      return await look();
    } finally {
      comeBack();
    }
  }

  /** The moment that the page shows, to the event: the run gets there first. */
  private async momentOf(view: ViewState, job: Job): Promise<RecordedView> {
    const { run } = this;
    if (view.at > run.world.now) await job.run(run.advancing(view.at));
    const { order, place } = run;
    const seen = { engine: engineVersion, hash: run.hash() };
    return { ...this.storyOf(), ...view, at: place.at, ...(order === undefined ? {} : { order }), seen, play: false };
  }

  /** How the run wants its story told. */
  private storyOf(): Pick<RecordedView, "hide" | "guided"> {
    const { hide, guided } = this.recording?.view ?? {};
    return { ...(hide === undefined ? {} : { hide }), ...(guided === undefined ? {} : { guided }) };
  }

  /** With every branch as the history has them, or the present one alone. */
  private record(view: RecordedView, withBranches: boolean): Recording {
    const { current, branches } = this.run;
    const [own, ...others] = withBranches ? branches : [current];
    const strayed = this.straying((withBranches ? branches[this.told]! : current).actions);
    const told = withBranches && this.told > 0 ? { told: this.told } : {};
    return {
      ...this.recording!,
      actions: own!.actions,
      end: own!.reach,
      view: { ...view, ...(strayed === null ? {} : { strayed }), ...told },
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
    const frame = frameOf(this.run, this.viewport, this.teller, this.straying(this.run.current.actions));
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
