import type { GroupId, LogIndex, ServerId, Term } from "../../base/units.ts";
import type { DecisionKind } from "../../raft/decisions.ts";
import { lastIndex, prefixHash } from "../../raft/log.ts";
import type { Input, Server } from "../../raft/types.ts";
import { localTime } from "../../world/clock.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";

/** What a claim looks at. */
export interface Scene {
  /** As it is after the step, which has changed nothing of it but this server. */
  readonly world: World;
  readonly machine: Machine;
  readonly before: Server;
  readonly after: Server;
  /** What the step was about; null where a server hands out what it wants done. */
  readonly input: Input | null;
  /** Everything that was decided in the step. */
  readonly told: readonly { readonly kind: DecisionKind }[];
  /** What no state shows any more. */
  readonly memory: Memory;
}
/** By the clock of the server whose step it is. */
export const now = ({ machine, world }: Scene): number => localTime(machine.clock, world.now);

interface Answer {
  readonly term: Term;
  /** By the leader's clock, which may be set. */
  readonly at: number;
  /** The step in which it came. */
  readonly step: number;
}

/** What claims must remember of the past of a run, since no state has it any more. */
export class Memory {
  /** By which way the message came that is being taken. */
  arrived: MessageRef | null = null;
  private readonly leaders = new Map<string, ServerId>();
  private readonly commits = new Map<string, number>();
  /** Up to where a leader has sent entries to a follower. */
  private readonly sentUpTo = new Map<string, LogIndex>();
  private steps = 0;
  private readonly looks = new Map<string, number>();
  private readonly answers = new Map<string, Answer>();

  /** Who has led that term; undefined: nobody. */
  led = (group: GroupId, term: Term): ServerId | undefined => this.leaders.get(`${group}:${term}`);

  /** The hash of the log up to there, as it was first committed; undefined: it was not. */
  committed = (group: GroupId, index: LogIndex): number | undefined => this.commits.get(`${group}:${index}`);

  /** When that follower last answered this leader in its term; undefined: never. */
  answeredAt({ machine, before }: Scene, follower: ServerId): number | undefined {
    const answer = this.answers.get(`${machine.group}:${machine.id}:${follower}`);
    return answer?.term === before.term ? answer.at : undefined;
  }

  /** That follower has answered this leader since it last looked who has, or began to lead. */
  answeredSinceLook({ machine, before }: Scene, follower: ServerId): boolean {
    const answer = this.answers.get(`${machine.group}:${machine.id}:${follower}`);
    const looked = this.looks.get(`${machine.group}:${machine.id}`) ?? 0;
    return answer?.term === before.term && answer.step > looked;
  }

  hasSent = ({ machine, before }: Scene, to: ServerId, index: LogIndex): boolean =>
    (this.sentUpTo.get(`${machine.group}:${machine.id}:${before.term}:${to}`) ?? 0) >= index;

  /** Who led before the run began to be watched. */
  noteStart({ id, group, raft }: Scene["machine"]): void {
    for (let index = raft.log.base + 1; index <= Math.min(raft.commitIndex, lastIndex(raft.log)); index++)
      this.commits.set(`${group}:${index}`, prefixHash(raft.log, index));
    if (raft.role === "leader") this.leaders.set(`${group}:${raft.term}`, id);
  }

  /** Who has come to lead, and what is committed: claims of the same step may rest on it. */
  note({ machine, before, after, told }: Scene): void {
    const { id, group } = machine;
    if (after.role === "leader" || told.some(({ kind }) => kind === "electionWon")) {
      const won = told.find(({ kind }) => kind === "electionWon") as { readonly term?: Term } | undefined;
      this.leaders.set(`${group}:${won?.term ?? after.term}`, id);
    }
    if (after.commitIndex > before.commitIndex && told.some(({ kind }) => kind === "committed"))
      for (let index = Math.max(after.log.base, before.commitIndex) + 1; index <= after.commitIndex; index++) {
        if (index > lastIndex(after.log)) break;
        const key = `${group}:${index}`;
        if (!this.commits.has(key)) this.commits.set(key, prefixHash(after.log, index));
      }
  }

  /** What was sent and answered: claims of the next steps may rest on it. */
  noteSent(scene: Scene): void {
    const { machine, before, after, input } = scene;
    const { id, group } = machine;
    // Who is removed and comes back is new.
    for (let follower = 0; follower < before.progress.length; follower++)
      if (before.progress[follower] !== undefined && after.progress[follower] === undefined)
        this.answers.delete(`${group}:${id}:${follower}`);
    this.steps++;
    for (let at = before.outbox.length; at < after.outbox.length; at++) {
      const message = after.outbox[at]!;
      if (message.type !== "AppendEntries" || message.entries.length === 0) continue;
      const key = `${group}:${id}:${message.term}:${message.to}`;
      const last = message.prevLogIndex + message.entries.length;
      this.sentUpTo.set(key, Math.max(last, this.sentUpTo.get(key) ?? 0));
    }
    const looks = input?.kind === "quorumTimeout" && machine.options.checkQuorum;
    if (looks || (after.role === "leader" && before.role !== "leader")) this.looks.set(`${group}:${id}`, this.steps);
    const asked = input?.kind === "message" ? input.message : null;
    if (before.role === "leader" && (asked?.type === "AppendEntriesReply" || asked?.type === "HeartbeatReply")) {
      // One rule that can be broken keeps a leader from counting acknowledgements of an earlier term.
      const broken = scene.world.setup.bugs.some(({ replaces }) => "currentReply" in replaces);
      const counts = asked.term === before.term || (broken && asked.type === "AppendEntriesReply");
      // What one says that has been removed is not heard: should it come back, it is new.
      if (counts && before.progress[asked.from] !== undefined)
        this.answers.set(`${group}:${id}:${asked.from}`, { term: before.term, at: now(scene), step: this.steps });
    }
  }
}
