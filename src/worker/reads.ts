import type { ServerId } from "../base/units.ts";
import { allVoters } from "../raft/configuration.ts";
import type { PendingRead } from "../raft/reads.ts";
import type { Server } from "../raft/types.ts";
import type { Machine } from "../world/state/machine.ts";
import type { ReadView } from "./protocol/server.ts";

const readsShown = 20;

/** The reads that wait at a server, oldest first: for an entry of its term, for a quorum, for its state machine. */
export function readViews({ status, raft, reads: confirmed }: Machine): ReadView[] {
  if (status === "down") return [];
  const { early, unconfirmed } = raft.reads;
  const applying = confirmed.map(({ request, index }) => read(request, 0, "apply", index));
  const asking = unconfirmed.map((pending, place) => asked(raft, pending, place));
  const waiting = early.map(({ context, from }) => read(Number(context), other(raft, from), "ownCommit", 0));
  return [...applying, ...asking, ...waiting].slice(0, readsShown);
}

/** Reads are numbered in the order in which they were taken up; an answer to a round confirms all up to it. */
function asked(raft: Server, { from, context, index }: PendingRead, place: number): ReadView {
  const { confirmed, acks } = raft.reads;
  const round = confirmed + place + 1;
  const confirmedBy = allVoters(raft.configuration).filter((id) => (acks[id] ?? 0) >= round);
  return { ...read(Number(context), other(raft, from), "quorum", index), round, confirmedBy };
}

const read = (request: number, from: ServerId, waitsFor: ReadView["waitsFor"], index: number): ReadView => ({
  request,
  from,
  waitsFor,
  index,
  round: 0,
  confirmedBy: [],
});

const other = ({ id }: Server, from: ServerId): ServerId => (from === id ? 0 : from);
