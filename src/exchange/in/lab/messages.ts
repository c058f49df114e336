import type { ServerId } from "../../../base/units.ts";
import type { OpenMessage } from "../tally.ts";
import type { ToldMessage } from "../told.ts";
import type { Match, MatchedMessage } from "./patterns.ts";

/** Of this many open sends between two servers a receive may be; older ones are taken for lost. */
const mostOpen = 100;

interface LabMessages {
  readonly all: readonly ToldMessage[];
  /** Whether a receive has found its send. */
  readonly paired: boolean;
  /** What a line sends or receives, the line being `event`; null: neither. */
  of(
    match: Match,
    speaker: number,
    event: number,
  ): { readonly sends: readonly number[]; readonly receives: number | null } | null;
}

/** Messages that patterns find: the lines of both ends are brought together where nothing in them contradicts it. */
export function labMessages(idOf: ReadonlyMap<number, ServerId>): LabMessages {
  const all: OpenMessage[] = [];
  const open = new Map<string, number[]>();
  let paired = false;
  const add = (told: MatchedMessage, from: ServerId, to: ServerId, sentIn: number | null, receivedIn: number | null) =>
    all.push({
      name: nameOf[told.kind],
      kind: told.kind,
      from,
      to,
      term: told.term,
      sentIn,
      receivedIn,
      yes: told.yes,
      entryCount: 0,
      fields: told.fields,
    }) - 1;
  return {
    all,
    get paired() {
      return paired;
    },
    of({ message: told }, speaker, event) {
      const me = idOf.get(speaker);
      const peer = told === undefined ? undefined : idOf.get(told.peer);
      if (told === undefined || me === undefined || peer === undefined) return null;
      if (told.way === "sends") {
        const place = add(told, me, peer, event, null);
        const key = `${told.kind} ${me} ${peer}`;
        const flying = open.get(key);
        if (flying === undefined) open.set(key, [place]);
        else if (flying.push(place) > mostOpen) flying.shift();
        return { sends: [place], receives: null };
      }
      const flying = open.get(`${told.kind} ${peer} ${me}`) ?? [];
      const which = flying.findIndex((place) => agrees(all[place], told));
      const place = flying[which];
      if (place === undefined) return { sends: [], receives: add(told, peer, me, null, event) };
      flying.splice(which, 1);
      const message = all[place] as OpenMessage;
      message.receivedIn = event;
      message.term ??= told.term;
      message.yes ??= told.yes;
      paired = true;
      return { sends: [], receives: place };
    },
  };
}

const agrees = (message: ToldMessage | undefined, { term, yes }: MatchedMessage): boolean =>
  message !== undefined &&
  (message.term === null || term === null || message.term === term) &&
  (message.yes === null || yes === null || message.yes === yes);

const nameOf: Readonly<Record<ToldMessage["kind"], string>> = {
  requestVote: "RequestVote",
  requestVoteReply: "RequestVote reply",
  preVote: "PreVote",
  preVoteReply: "PreVote reply",
  appendEntries: "AppendEntries",
  appendEntriesReply: "AppendEntries reply",
  heartbeat: "heartbeat",
  heartbeatReply: "heartbeat reply",
  installSnapshot: "InstallSnapshot",
  timeoutNow: "TimeoutNow",
  other: "message",
};
