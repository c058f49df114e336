import { assertNever } from "../../base/assert.ts";
import { failure, type Result, success } from "../../base/result.ts";
import type { Micros } from "../../base/units.ts";
import { checksOf } from "../../exchange/in/checks.ts";
import { importers } from "../../exchange/in/index.ts";
import type { ToldCheck, ToldRun } from "../../exchange/in/told.ts";
import type { InputProblem } from "../../scenario/recording.ts";
import { looksLikeYaml } from "../../scenario/yaml/looks.ts";
import { Job } from "../job.ts";
import { part } from "../part.ts";
import type { Position, Viewport } from "../protocol/frame.ts";
import type { Moved, Request, RequestKind, Requests, ToldSource } from "../protocol/requests.ts";
import type { MarkKind, RunInfo } from "../protocol/run.ts";
import type { ToldFormat, ToldInfo } from "../protocol/told.ts";
import type { Verdict } from "../protocol/verdict.ts";
import { ToldDiagrams } from "./diagram.ts";
import { feedOf, rowsUpTo } from "./feed.ts";
import { keptMost, keptText, newerKept, readKept, textOf } from "./file.ts";
import { frameOf } from "./frame.ts";
import { type NameOf, namesFor, shortNames } from "./names.ts";
import { Past } from "./past.ts";
import { ended, isTold, type Reading, read, unreadable } from "./reading.ts";
import { type Marks, marksOf, timelineOf } from "./timeline.ts";

type Answer<K extends RequestKind> = Requests[K]["answer"];
type Outcome = Result<Answer<RequestKind>, InputProblem>;

/** The beginning of a recording, be it well written or not: what is wrong with it says its own reader. */
const looksWritten = (text: string): boolean => /^\s*(?:[{["]|\/\/|\/\*)/.test(text) || looksLikeYaml(text);

const nothingCanBeDone = "this run was read from a log: nothing can be done in it";
const notHere = (what: string): Outcome => failure({ field: "", message: `this run was read from a log: ${what}` });

/** Lines of a text for the clipboard, and of a report. */
const linesMost = 20_000;
const linesReported = 30;

/** To sort the times of the largest files is one piece of work, in milliseconds. */
const silenceMost = 20_000;

interface Opened {
  readonly source: ToldSource;
  readonly past: Past;
  readonly marks: Marks;
  readonly checks: readonly ToldCheck[];
  readonly info: RunInfo;
  readonly nameOf: NameOf;
}

/**
 * In the place of a `Laboratory`, for a run that another program told of: the same questions, answered from what was
 * read. Runs have negative numbers here.
 */
export class ForeignLaboratory {
  private readonly prepared = new Map<number, Opened>();
  private opened = 0;
  private readings = 0;
  private shown: Opened | null = null;
  private position: Position = { at: 0, event: 0 };
  private viewport: Viewport = { logFrom: 1, logCount: 0 };
  private diagrams: ToldDiagrams | null = null;
  private timelineIsTold = false;
  /** What was read last: with other offsets it need not be read again. */
  private last: { readonly number: number; readonly patterns: string | undefined; readonly reading: Reading } | null =
    null;

  private get run(): Opened {
    if (this.shown === null) throw new Error("nothing is open");
    return this.shown;
  }

  /** null: the text is nothing that another program wrote, as far as it can be seen. */
  async openText(text: string, name: string, job: Job): Promise<Result<Answer<"open">, InputProblem> | null> {
    const kept = readKept(text);
    if (kept !== null) return this.open(kept, job);
    const newer = newerKept(text);
    if (newer !== null)
      return failure({
        field: "version",
        message: `a log kept by a newer Driftwood: it has version ${newer}, this one reads version 1`,
      });
    if (!isTold(text, name)) return looksWritten(text) ? null : failure(unreadable(""));
    return this.open({ from: "told", files: [{ name, content: text }] }, job);
  }

  async open(source: ToldSource, job = new Job()): Promise<Result<Answer<"open">, InputProblem>> {
    const got = await this.readingOf(source, job);
    if (!got.ok) return got;
    const reading = got.value;
    const offsets = source.offsets ?? [];
    await job.beforeSilence(silenceMost);
    const end = await job.run(ended(reading, offsets));
    if (!end.ok) return end;
    const { run, leftOut } = end.value;
    const short = shortNames(run);
    const nameOf = namesFor(short);
    const past = await job.run(Past.of(run));
    const checks = await job.run(checksOf(run));
    const info = infoOf(run, reading, { leftOut, offsets, short, source, number: this.last!.number });
    const opened = { source, past, marks: marksOf(run, checks, nameOf), checks, info, nameOf };
    this.prepared.set(--this.opened, opened);
    return success({ run: this.opened, kept: false });
  }

  private async readingOf(source: ToldSource, job: Job): Promise<Result<Reading, InputProblem>> {
    const { reading: known, patterns, files } = source;
    if (this.last !== null && this.last.number === known && this.last.patterns === patterns)
      return success(this.last.reading);
    const got = await read(files, source, job);
    if (got.ok) this.last = { number: ++this.readings, patterns, reading: got.value };
    return got;
  }

  formats(): readonly ToldFormat[] {
    return importers.map(({ name, title }) => ({ name, title }));
  }

  has(run: number): boolean {
    return this.prepared.has(run);
  }

  enter(run: number): Answer<"enter"> {
    const opened = this.prepared.get(run);
    if (opened === undefined) throw new Error(`run ${run} was not opened`);
    this.prepared.delete(run);
    this.shown = opened;
    this.diagrams = null;
    this.timelineIsTold = false;
    this.position = this.within(opened.source.view ?? { at: 0, event: opened.past.opening() });
    return { ...this.moved(), info: opened.info };
  }

  /** Another run is shown: nothing of this one is needed any more. */
  leave(): void {
    this.shown = null;
    this.diagrams = null;
    this.last = null;
  }

  /** Answers what is asked of the run that is shown. */
  async answer(
    asked: Exclude<
      Request,
      { readonly kind: "open" | "enter" | "break" | "lessons" | "faults" | "formats" | "readable" }
    >,
    job = new Job(),
  ): Promise<Outcome> {
    switch (asked.kind) {
      case "advance":
        return success(this.goTo(Math.max(asked.to, this.position.at)));
      case "seek":
        return success(this.goTo(asked.to));
      case "visit":
        return success(this.visit(asked.event));
      case "step":
        return success(this.visit(this.position.event + asked.direction));
      case "jump":
        return success(this.jump(asked.mark, asked.direction));
      case "viewport":
        this.viewport = { ...asked, logCount: Math.min(asked.logCount, 400) };
        return success(this.moved());
      case "branch":
      case "amend":
        return success(this.moved());
      case "act":
        return success({ ...this.moved(), branched: false, refused: nothingCanBeDone });
      case "edit":
        return success({ ...this.moved(), refused: nothingCanBeDone, impossible: [] });
      case "take":
        return success({ ...this.moved(), refused: nothingCanBeDone });
      case "acts":
        return success({ rows: [] });
      case "feed":
        return success(feedOf(this.run.past, asked, this.position.event));
      case "diagram":
        this.diagrams ??= new ToldDiagrams(this.run.past, this.run.marks.marks);
        return success(this.diagrams.of(asked));
      case "verdict":
        return success(this.verdict());
      case "history":
        return success({ rows: [], from: 0, total: 0 });
      case "why":
        return success({ why: null });
      case "causes":
        return success({ events: [], more: false });
      case "story":
        return success({ story: null });
      case "ticks":
        return success({ ticks: [] });
      case "game":
        return success({ score: null });
      case "both":
        return success({ moment: null });
      case "explore":
        return success({ choices: [], choicesLeftOut: 0, graph: null });
      case "report":
        return success({ text: this.report(asked) });
      case "share":
        return this.share(asked);
      case "steps":
        return notHere("it has no steps");
      case "until":
        return notHere("conditions are not looked for in it");
      case "export":
        return job.run((await part(() => import("../exporting.ts"))).exportedTold(this.run.past.run, asked));
      case "metrics":
      case "sheet":
      case "again":
      case "pair":
      case "compare":
      case "outlook":
        return notHere("nobody can execute it");
      default:
        return assertNever(asked);
    }
  }

  private within({ at, event }: Position): Position {
    const { past } = this.run;
    const place = Math.min(Math.max(0, event), past.length);
    const next = place < past.length ? past.atOf(place + 1) : Number.POSITIVE_INFINITY;
    return { event: place, at: Math.min(Math.max(at, past.atOf(place)), next) };
  }

  private goTo(at: Micros): Moved {
    const { past } = this.run;
    // At the end time stands.
    const to = Math.min(Math.max(0, at), past.atOf(past.length));
    const event = past.upTo(to);
    this.position = { at: Math.max(to, past.atOf(event)), event };
    return this.moved();
  }

  private visit(event: number): Moved {
    const place = Math.min(Math.max(0, event), this.run.past.length);
    this.position = { at: this.run.past.atOf(place), event: place };
    return this.moved();
  }

  private jump(mark: MarkKind, direction: 1 | -1): Answer<"jump"> {
    const { event } = this.position;
    const own = this.run.marks.marks.filter(({ kind }) => kind === mark);
    const found = direction === 1 ? own.find((each) => each.event > event) : own.findLast((each) => each.event < event);
    return found === undefined ? { ...this.moved(), found: false } : { ...this.visit(found.event), found: true };
  }

  private verdict(): Verdict {
    return { checks: [], guards: [], waived: [], violation: null, told: this.run.checks };
  }

  private report({ as, filter }: Requests["report"]["ask"]): string {
    const { past, info } = this.run;
    const rows = [...rowsUpTo(past, filter, this.position.event)].map(
      ({ position, text }) => `${(position.at / 1_000_000).toFixed(3)} s  ${text}`,
    );
    const most = as === "events" ? linesMost : linesReported;
    const lines = [...(rows.length > most ? ["… what happened before is left out"] : []), ...rows.slice(-most)];
    if (as === "events") return `${lines.join("\n")}\n`;
    const { told } = info;
    return [
      `## ${info.title}`,
      "",
      `${info.summary}. Read from ${told!.files.map(({ name }) => name || "a text").join(", ")}: ${told!.understood} of ${told!.lines} lines were understood.`,
      "",
      "```",
      ...lines,
      "```",
      "",
    ].join("\n");
  }

  private async share({ as }: Requests["share"]["ask"]): Promise<Outcome> {
    const { source, info } = this.run;
    if (as === "address") return success({ text: "" });
    if (as === "link") return notHere("no link can carry it; save it as a file");
    const [only, ...others] = source.files;
    if (as === "file" && only !== undefined && others.length === 0) return success({ text: await textOf(only) });
    const text = await keptText(source, info.told!.format, this.position);
    return text === null
      ? notHere("it is too large to be kept in one piece; its files can be opened again")
      : success({ text });
  }

  private moved(): Moved {
    const { past, marks, info, nameOf } = this.run;
    const frame = frameOf(past, this.position, this.viewport, nameOf);
    const timeline = this.timelineIsTold ? null : timelineOf(marks, info.title, past.atOf(past.length));
    this.timelineIsTold = true;
    return { frame, timeline };
  }
}

interface About {
  readonly leftOut: number;
  readonly offsets: readonly number[];
  readonly short: readonly string[];
  readonly source: ToldSource;
  readonly number: number;
}

/** A run of some hours shall not play for hours: it passes in about two minutes, steps without times slowly. */
const playsFor: Micros = 120_000_000;
const stepwise = 0.005;
const speeds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

function infoOf(
  run: ToldRun,
  { importer, files, cut }: Reading,
  { leftOut, offsets, short, source, number }: About,
): RunInfo {
  const count = run.servers.length === 1 ? "1 server" : `${run.servers.length} servers`;
  const length = run.events.at(-1)?.at ?? 0;
  const wanted = run.times === "order" ? stepwise : length / playsFor;
  const speed = speeds.find((each) => each >= wanted) ?? 100;
  const { at } = source.view ?? { at: 0 };
  const told: ToldInfo = {
    reading: number,
    format: importer.name,
    title: importer.title,
    servers: run.servers.map(({ name }, i) => ({ name, short: short[i]! })),
    files: files.map((file, i) => ({ ...file, offset: offsets[i] ?? 0 })),
    events: run.events.length,
    messages: run.messages.length,
    skipped: run.skipped.slice(0, 1000),
    lines: run.lines,
    understood: run.understood,
    leftOut,
    unknown: cut === 0 ? run.unknown : [...run.unknown, `${cut} lines are so long that their ends were not read.`],
    supposed: run.supposed ?? [],
    tells: run.tells,
    times: run.times,
    topics: run.topics ?? [],
    patterns: importer.patterns === undefined ? null : (source.patterns ?? importer.patterns),
    kept: files.reduce((sum, { bytes }) => sum + bytes, 0) <= keptMost,
  };
  return {
    title: run.title,
    notes: "",
    summary: `${importer.title}, ${count}`,
    differs: [],
    givesUp: [],
    ownOptions: [],
    preset: "",
    bookmarks: [],
    view: { at, select: "", speed, play: false },
    bugs: [],
    mismatch: null,
    play: [],
    told,
  };
}
