import { type Result, success } from "../base/result.ts";
import type { InputProblem } from "../scenario/recording.ts";
import type { ForeignLaboratory } from "./foreign/laboratory.ts";
import { Cancelled, Job } from "./job.ts";
import { Laboratory } from "./laboratory.ts";
import { PartMissing, part } from "./part.ts";
import type { FromWorker, Request, RequestKind, Requests, ToWorker } from "./protocol/requests.ts";
import { createSaying } from "./saying.ts";

/** The thread's end of the line: the scope has these two and nothing else is used of it. */
interface Port {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}
const port = globalThis as unknown as Port;
const laboratory = new Laboratory();
const say = createSaying();
/** Runs that another program told of; fetched for the first of them. `told`: one of them is shown. */
let foreign: ForeignLaboratory | null = null;
let told: ForeignLaboratory | null = null;

type Outcome = Result<Requests[RequestKind]["answer"], InputProblem>;

async function answer(asked: Request, job: Job): Promise<Outcome> {
  switch (asked.kind) {
    case "open":
      return open(asked, job);
    case "enter":
      return success(enter(asked.run));
    case "lessons":
      return success({ lessons: await job.run((await part(() => import("./lessons.ts"))).lessonCards()) });
    case "faults":
      return success((await part(() => import("./faults.ts"))).catalogue());
    case "formats":
      return success({ formats: (await part(() => import("./exporting.ts"))).formats() });
    case "readable":
      return success({ formats: (await loadForeign()).formats() });
    case "break":
      return breakDown(asked.how);
    default:
      return told === null ? ofOurs(asked, job) : told.answer(asked, job);
  }
}

const loadForeign = async (): Promise<ForeignLaboratory> => {
  const { ForeignLaboratory } = await part(() => import("./foreign/laboratory.ts"));
  foreign ??= new ForeignLaboratory();
  return foreign;
};

/** A text that is no recording may be what another program wrote. */
async function open(
  { source, kept }: Requests["open"]["ask"],
  job: Job,
): Promise<Result<Requests["open"]["answer"], InputProblem>> {
  if (source.from === "told") return (await loadForeign()).open(source, job);
  const own = await laboratory.open(source, job, kept);
  if (own.ok || source.from !== "file") return own;
  return (await (await loadForeign()).openText(source.text, source.name ?? "", job)) ?? own;
}

function enter(run: number): Requests["enter"]["answer"] {
  if (foreign?.has(run)) {
    told = foreign;
    return foreign.enter(run);
  }
  told?.leave();
  told = null;
  return laboratory.enter(run);
}

type OfTheRun = Exclude<
  Request,
  { readonly kind: "open" | "enter" | "lessons" | "faults" | "formats" | "readable" | "break" }
>;

async function ofOurs(asked: OfTheRun, job: Job): Promise<Outcome> {
  switch (asked.kind) {
    case "advance":
      return success(
        asked.stops === undefined ? laboratory.advance(asked.to) : await laboratory.advanceUntil(asked.to, asked.stops),
      );
    case "seek":
      return success(await laboratory.seek(asked.to, job));
    case "visit":
      return success(await laboratory.visit(asked.event, job));
    case "step":
      return success(await laboratory.step(asked.direction, job));
    case "jump":
      return success(await laboratory.jump(asked, job));
    case "act":
      return success(await laboratory.act(asked, job));
    case "acts":
      return success({ rows: await laboratory.acts() });
    case "edit":
      return success(await laboratory.edit(asked, job));
    case "steps":
      return laboratory.steps(asked);
    case "branch":
      return success(await laboratory.branch(asked.branch, job));
    case "amend":
      return success(await laboratory.amend(asked, job));
    case "viewport":
      return success(laboratory.look(asked));
    case "feed":
      return success(await laboratory.feed(asked, job));
    case "explore":
      return success(await laboratory.explore(job));
    case "sheet":
      return success(await laboratory.sheet(asked, job));
    case "diagram":
      return success(await laboratory.diagram(asked, job));
    case "metrics":
      return success(await laboratory.metrics(asked, job));
    case "ticks":
      return success(await laboratory.ticks(job));
    case "game":
      return success({ score: await laboratory.score(job) });
    case "verdict":
      return success(await laboratory.verdict(job));
    case "history":
      return success(await laboratory.clientHistory(asked, job));
    case "again":
      return laboratory.again(asked, job);
    case "report":
      return success(await laboratory.report(asked, job));
    case "why":
      return success(await laboratory.explain((by) => by.why(asked), job));
    case "causes":
      return success(await laboratory.explain((by) => by.past(asked), job));
    case "story":
      return success(await laboratory.explain((by) => by.story(asked), job));
    case "compare":
      return success(await laboratory.explain((by) => by.differences(asked), job));
    case "outlook":
      return success(await laboratory.outlook(asked, job));
    case "take":
      return success(await laboratory.take(asked, job));
    case "pair":
      return laboratory.pair(asked, job);
    case "both":
      return success(await laboratory.both(asked, job));
    case "until":
      return laboratory.until(asked, job);
    case "share":
      return laboratory.share(asked, job);
    case "export":
      return laboratory.export(asked, job);
  }
}

/** Lets a test see that the page survives a worker that throws, or never returns. */
function breakDown(how: "throw" | "hang"): never {
  if (how === "throw") throw new Error("thrown on purpose");
  for (;;);
}

/** What was not there in advance is missed when it is needed. */
const later = (): void => {};

/** Not needed for the first frame, but for the first act: fetched once the page has a frame. */
let warm = false;
function warmUp({ kind }: Request): void {
  if (warm || kind === "open" || kind === "enter") return;
  warm = true;
  void part(() => import("../scenario/format.ts")).catch(later);
  void part(() => import("../scenario/address.ts")).catch(later);
  void part(() => import("./faults.ts")).catch(later);
}

/** What is asked for and not answered yet. */
const jobs = new Map<number, Job>();

async function serve(asked: Request, job: Job): Promise<void> {
  const { id } = asked;
  try {
    const outcome = await answer(asked, job);
    warmUp(asked);
    if (outcome.ok) port.postMessage(say(asked, outcome.value));
    else port.postMessage({ kind: "problem", id, problem: outcome.problem });
  } catch (error) {
    // Every part is fetched before anything is changed: what it was for can be asked again.
    if (error instanceof PartMissing)
      port.postMessage({ kind: "problem", id, problem: { field: "", message: error.message } });
    else if (error instanceof Cancelled) port.postMessage({ kind: "cancelled", id });
    else throw error;
  } finally {
    jobs.delete(id);
  }
}

/** A step that threw has left half a state behind: nothing more may come from here. Let it reach the page as an error. */
function fail(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}

/** One at a time, in the order of asking; only what is opened is made ready beside them. */
let line: Promise<void> = Promise.resolve();
port.onmessage = ({ data: asked }) => {
  if (asked.kind === "cancel") return jobs.get(asked.id)?.cancel();
  const { id } = asked;
  const job = new Job((progress) => port.postMessage({ kind: "progress", id, ...progress }));
  jobs.set(id, job);
  if (asked.kind === "open") return void serve(asked, job).catch(fail);
  line = line.then(() => serve(asked, job));
  line.catch(fail);
};
setInterval(() => port.postMessage({ kind: "alive" }), 250);
