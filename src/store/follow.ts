import type { LogIndex, ServerId, Term } from "../base/units.ts";
import type { Frame } from "../worker/protocol/frame.ts";
import type { MessageView } from "../worker/protocol/message.ts";
import type { Followed } from "./lab.ts";
import { page } from "./page.ts";
import { lab } from "./use-lab.ts";

/** Tells the life of an entry, a command or a term. Where the inspector has no place of its own, its pane comes. */
export function follow(followed: Followed): void {
  lab.select(followed);
  if (!matchMedia("(min-width: 1000px)").matches) page.showPane("server");
}

/** What is followed, as far as messages tell of it. `request` 0: no client asked for it. */
export interface Traced {
  readonly index: LogIndex;
  readonly term: Term;
  readonly request: number;
  /** Whether that server has the entry: others may have another one there. */
  has(server: ServerId): boolean;
}
type Traces = Pick<MessageView, "kind" | "from" | "to" | "fields" | "entryTerms" | "entryCount">;

/**
 * Whether a message belongs to an entry's life: it brings the entry, it tells the leader for the first time that it is
 * there, or its receiver that it is committed; or it is the client's request, or the answer.
 */
export function isOnTheWay(message: Traces, { index, term, request, has }: Traced, { servers }: Frame): boolean {
  const { kind, from, to, fields, entryTerms, entryCount } = message;
  const field = (name: string): number => Number(fields.find(([each]) => each === name)?.[1] ?? Number.NaN);
  switch (kind) {
    case "ClientRequest":
    case "ClientReply":
      return request > 0 && field("request") === request;
    case "AppendEntries": {
      const before = field("prevLogIndex");
      const place = index - before - 1;
      if (place >= 0 && place < entryCount) return place >= entryTerms.length || entryTerms[place] === term;
      const receiver = servers.find(({ id }) => id === to);
      const tells = has(from) && field("leaderCommit") >= index && before + entryCount >= index;
      return tells && receiver !== undefined && receiver.commitIndex < index;
    }
    case "AppendEntriesReply": {
      const known = servers.find(({ id }) => id === to)?.progress?.find(({ server }) => server === from);
      return (
        has(to) &&
        field("matches up to") >= index &&
        field("term") >= term &&
        known !== undefined &&
        known.match < index
      );
    }
    default:
      return false;
  }
}
