import type { ServerId } from "../base/units.ts";
import { isMember } from "./configuration.ts";
import type { DecisionOf } from "./decisions.ts";
import { type Step, send } from "./env.ts";
import { lastIndex } from "./log.ts";
import { sendAppend } from "./sending.ts";

/** An operator, or a follower on his behalf, asks that `to` shall lead (D §3.10). */
export function transfer(s: Step, to: ServerId): void {
  const { server } = s;
  if (server.role === "leader") startTransfer(s, to);
  else passOn(s, to);
}

function passOn(s: Step, to: ServerId): void {
  const { server, env } = s;
  const { leader, id } = server;
  if (server.role !== "follower" || leader === 0) {
    env.decide?.({ kind: "transferRefused", server: id, to, reason: "no leader" });
    return;
  }
  env.decide?.({ kind: "transferForwarded", server: id, to, leader });
  send(s, { type: "TransferLeader", from: to, to: leader, term: server.term });
}

function startTransfer(s: Step, to: ServerId): void {
  const { server, env } = s;
  const { id, transferee } = server;
  const progress = server.progress[to];
  if (progress === undefined || !isMember(server.configuration, to) || server.configuration.learners.includes(to)) {
    env.decide?.({ kind: "transferRefused", server: id, to, reason: "cannot lead" });
    return;
  }
  if (transferee === to) {
    env.decide?.({ kind: "transferRefused", server: id, to, reason: "same" });
    return;
  }
  if (transferee !== 0) abortTransfer(s, "another");
  if (to === id) {
    env.decide?.({ kind: "transferRefused", server: id, to, reason: "cannot lead" });
    return;
  }
  server.timerSince = env.now;
  server.transferee = to;
  const last = lastIndex(server.log);
  env.decide?.({ kind: "transferStarted", server: id, to, match: progress.match, last });
  if (env.rules.transfereeReady.ask(progress, server)) sendTimeoutNow(s, to);
  else sendAppend(s, to, true);
}

export function sendTimeoutNow(s: Step, to: ServerId): void {
  const { server, env } = s;
  env.decide?.({ kind: "timeoutNowSent", server: server.id, to, last: lastIndex(server.log) });
  server.leaseEnded = true;
  send(s, { type: "TimeoutNow", from: server.id, to, term: server.term });
}

export function abortTransfer({ server, env }: Step, reason: DecisionOf<"transferAborted">["reason"]): void {
  const { id, transferee: to, progress, log } = server;
  const match = progress[to]?.match ?? 0;
  env.decide?.({ kind: "transferAborted", server: id, to, reason, match, last: lastIndex(log) });
  server.transferee = 0;
}
