import type { ToldEvent, ToldMessage, ToldRun } from "../../exchange/in/told.ts";
import { Job } from "../job.ts";
import type { Requests, ToldSource } from "../protocol/requests.ts";
import { ForeignLaboratory } from "./laboratory.ts";

type Said = Partial<Omit<ToldEvent, "line" | "file">>;

/** A run of these events, one on each line; what is left out is nothing. */
export function toldRun(
  servers: readonly string[],
  events: readonly Said[],
  messages: readonly ToldMessage[],
): ToldRun {
  return {
    format: "test",
    title: "A told run",
    servers: servers.map((name) => ({ name })),
    events: events.map((event, i) => ({
      ...{
        at: i * 1000,
        server: 1,
        kind: "other",
        routine: false,
        text: `line ${i + 1}`,
        says: {},
        sends: [],
        receives: null,
      },
      ...event,
      ...{ file: 0, line: i + 1 },
    })),
    messages,
    tells: ["role", "term", "vote", "log", "commit", "messages"],
    times: "clock",
    unknown: [],
    lines: events.length,
    understood: events.length,
    skipped: [],
  };
}

const message = (over: Partial<ToldMessage>): ToldMessage => ({
  ...{ name: "MsgVote", kind: "requestVote", from: 1, to: 2, term: 2, sentIn: null, receivedIn: null, yes: null },
  ...{ entryCount: 0, fields: [] },
  ...over,
});

/** An election in term 2 of which the second server says nothing but that it refuses; then an entry, and a crash. */
export const election = toldRun(
  ["8e9e05c52164694d", "91bc3c398fb3c146", "fd422379fda50e48"],
  [
    { at: 0, says: { role: "follower", term: 1, log: { from: 1, entries: [{ term: 1, text: "x=1" }] } } },
    { at: 1000, says: { role: "candidate", term: 2, vote: 1 }, sends: [0, 1], kind: "election" },
    { at: 2000, server: 2, receives: 0, kind: "election" },
    { at: 2000, server: 2, sends: [2], kind: "election", text: "refuses", says: { term: 2 } },
    { at: 3000, receives: 2, kind: "election" },
    { at: 4000, says: { role: "leader" }, kind: "election" },
    {
      at: 5000,
      says: {
        log: {
          from: 2,
          entries: [
            { term: 2, text: "x=2" },
            { term: null, text: "" },
          ],
        },
      },
      kind: "log",
    },
    { at: 6000, says: { commit: 2 }, kind: "log", routine: true },
    { at: 7000, says: { log: { from: 2, entries: [] }, status: "down", role: null }, kind: "fault" },
    { at: 8000, says: { status: "up" }, kind: "fault" },
  ],
  [
    message({ sentIn: 1, receivedIn: 2 }),
    message({ to: 3, sentIn: 1 }),
    message({ name: "MsgVoteResp", kind: "requestVoteReply", from: 2, to: 1, sentIn: 3, receivedIn: 4, yes: false }),
  ],
);

export async function openedTold(source: ToldSource): Promise<{
  readonly laboratory: ForeignLaboratory;
  readonly entered: Requests["enter"]["answer"];
}> {
  const laboratory = new ForeignLaboratory();
  const opened = await laboratory.open(source, new Job());
  if (!opened.ok) throw new Error(`${opened.problem.field}: ${opened.problem.message}`);
  return { laboratory, entered: laboratory.enter(opened.value.run) };
}
