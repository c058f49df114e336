import { type ReactElement, useRef } from "react";
import type { ServerId } from "../../base/units.ts";
import { useOpenQuestion, useReach } from "../../store/open-question.ts";
import { labState, usePanelLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { Crown } from "../kit/crown.tsx";
import { asItStands, progressOf, viewingLeader } from "../kit/log/cells.ts";
import { rowParts, shortened } from "../kit/log/sentence.ts";
import { useTick } from "../kit/use-tick.ts";
import { clockWords } from "../kit/words/clock-words.ts";
import { leaseWords } from "../kit/words/lease-words.ts";
import { doingWords, isJoint, talliesOf } from "../kit/words/membership.ts";
import { roleNames } from "../kit/words/role-names.ts";
import { formatSpan } from "../kit/words/time.ts";
import {
  configurationFacts,
  named,
  progressState,
  readWaits,
  roundSentence,
  serverOrNone,
  windowWords,
} from "../kit/words/words.ts";
import { ChangedOptions, WhyPart } from "./late.tsx";
import { OwnFaults } from "./own-faults.tsx";
import { Disc, type Fact, Facts, FactTable, FoldedActions, Section, SnapshotSection } from "./parts.tsx";
import { ToldServer } from "./told-part.tsx";

/** One server's state under the names and in the groups of Figure 2. */
export function ServerPart({ id }: { readonly id: ServerId }): ReactElement {
  const server = usePanelLab("inspector", (state) => state.frame?.servers.find((one) => one.id === id));
  if (server === undefined) return <p className="inspector-hint">There is no S{id} in this cluster.</p>;
  if (server.told !== undefined) return <ToldServer server={server} />;
  return (
    <>
      <div className="inspector-top">
        <header className="inspector-head">
          <Disc server={server} />
          <h2>S{server.id}</h2>
          {server.role === "leader" && server.status !== "down" ? <Crown size={20} /> : null}
          <p>{roleOf(server)}</p>
        </header>
        <FoldedActions selection={{ kind: "server", id }} title={`Act on S${id}`} />
      </div>
      <ServerWhy id={id} doing={doingWords(server, () => true)} />
      <OwnFaults of={{ server: id }} />
      <Persistent server={server} />
      <SnapshotSection server={server} />
      {server.status === "down" ? <Lost /> : <Volatile server={server} />}
      {server.status === "down" ? null : <ConfigurationSection server={server} />}
      <OwnOptions id={id} />
      {server.changed === null ? null : <ChangedOptions server={server} />}
      {server.status === "down" ? null : <DiskSection server={server} />}
      {server.status === "down" ? null : <StoreSection server={server} />}
    </>
  );
}

const roleOf = ({ role, status, term }: ServerView): string =>
  status === "down" ? `down, term ${term} on disk` : `${roleNames[role]} of term ${term}`;

/** What its role does not say already, and how its log stands. */
function nowOf(doing: string, log: string): string {
  const plain = doing === "down" || Object.values(roleNames).includes(doing) || doing.startsWith("leader of term");
  return plain || log.startsWith(doing) ? log : `${doing} · ${log}`;
}

/** Why it is as it is. What it does now is what its row in the table of logs says: for a leader, what the next commit waits for. */
function ServerWhy({ id, doing }: { readonly id: ServerId; readonly doing: string }): ReactElement {
  const group = usePanelLab("inspector", ({ frame }) => frame?.group ?? 1);
  const reach = useReach();
  const sentence = usePanelLab("inspector", ({ frame }) => {
    const servers = (frame?.servers ?? []).map(asItStands);
    const one = servers.find((server) => server.id === id);
    if (one === undefined) return "";
    const parts = rowParts(one, servers, progressOf(viewingLeader(servers, id), id), reach);
    return shortened(parts, Number.POSITIVE_INFINITY);
  });
  return <WhyPart about={{ kind: "server", server: id, group }} server={id} now={nowOf(doing, sentence)} />;
}

function Persistent({ server }: { readonly server: ServerView }): ReactElement {
  const { disk } = server;
  if (server.status === "down") return <OnDisk disk={disk} />;
  const rows = [
    ["currentTerm", server.term, disk.term],
    ["votedFor", serverOrNone(server.votedFor), serverOrNone(disk.votedFor)],
    ["log[] up to", logEnd(server), disk.lastIndex === 0 ? "empty" : disk.lastIndex],
  ];
  return (
    <Section title="Persistent state">
      <FactTable label="Persistent state" head={["now", "on disk"]} rows={rows} />
    </Section>
  );
}
/** What a server that is down will start with. */
function OnDisk({ disk }: Pick<ServerView, "disk">): ReactElement {
  const facts: readonly Fact[] = [
    ["currentTerm", disk.term],
    ["votedFor", serverOrNone(disk.votedFor)],
    ["log[] up to", disk.lastIndex === 0 ? "empty" : disk.lastIndex],
  ];
  return (
    <Section title="Persistent state, on disk">
      <Facts facts={facts} />
    </Section>
  );
}
function logEnd(server: ServerView): string {
  if (server.lastIndex === 0) return "empty";
  const last = server.tail.at(-1);
  return last === undefined ? String(server.lastIndex) : `${server.lastIndex}, term ${last.term}`;
}

const memberWords = { voter: "voter", learner: "learner: no vote", none: "not a member" } as const;
function ConfigurationSection({ server }: { readonly server: ServerView }): ReactElement {
  const asked = useOpenQuestion();
  return (
    <Section title={isJoint(server) ? "Configuration, joint" : "Configuration"}>
      <Facts facts={[["this server", memberWords[server.member]], ...configurationFacts(server, asked)]} />
      {isJoint(server) ? (
        <p className="inspector-hint">Elections and commitment need a majority of the old and one of the new voters.</p>
      ) : null}
    </Section>
  );
}

function Volatile({ server }: { readonly server: ServerView }): ReactElement {
  const facts: Fact[] = [
    ["commitIndex", server.commitIndex],
    ["lastApplied", server.lastApplied],
    ["role", roleNames[server.role]],
    ["leader", serverOrNone(server.leader)],
  ];
  // Nobody but a voter starts elections.
  if (server.electionDueAt !== null && server.member === "voter")
    facts.push(["election timer", <Timer key="t" of={server.id} due={electionDue} />]);
  if (server.heartbeatDueAt !== null)
    facts.push(["next heartbeat in", <Timer key="h" of={server.id} due={heartbeatDue} />]);
  if (server.lease !== null)
    facts.push([
      server.lease.gives === "reads" ? "answers reads alone for" : "leads on unheard for",
      <Timer key="l" of={server.id} due={leaseDue} />,
    ]);
  if (server.clock !== null) facts.push(["its clock", clockWords(server.clock)]);
  if (server.transferee !== 0) facts.push(["hands leadership to", named(server.transferee)]);
  return (
    <>
      <Section title="Volatile state">
        <Facts facts={facts} />
        {server.lease === null ? null : <p className="inspector-hint">{leaseWords(server.lease)}</p>}
      </Section>
      {server.progress === null ? null : <Followers server={server} />}
      {server.votes === null ? null : <Votes server={server} votes={server.votes} />}
      {server.reads.length === 0 ? null : <Reads server={server} />}
    </>
  );
}

function Lost(): ReactElement {
  return (
    <Section title="Volatile state">
      <p className="inspector-hint">
        Gone with the crash. After a restart the server starts as a follower with what is on its disk.
      </p>
    </Section>
  );
}

/** When something is due; null: nothing is. */
type Due = (server: ServerView) => number | null;
const electionDue: Due = (server) => server.electionDueAt;
const heartbeatDue: Due = (server) => server.heartbeatDueAt;
const leaseDue: Due = (server) => server.lease?.until ?? null;
const diskDue: Due = (server) => server.disk.doneAt;

/** What is left of a timer, counted down by the animation loop from the present frame; the panel around it is paced. */
function Timer({ of, due }: { readonly of: ServerId; readonly due: Due }): ReactElement {
  const text = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    const server = labState().frame?.servers.find(({ id }) => id === of);
    const at = server === undefined ? null : due(server);
    if (server === undefined || at === null) return;
    const whole = due === electionDue ? server.electionTimeout : due === leaseDue ? server.lease?.longest : undefined;
    const words = formatSpan(at - now) + (whole === undefined ? "" : ` of ${formatSpan(whole)}`);
    if (text.current !== null && text.current.textContent !== words) text.current.textContent = words;
  }, "inspector");
  return <span ref={text} className="inspector-value" />;
}

function Followers({ server }: { readonly server: ServerView }): ReactElement {
  const rows = (server.progress ?? []).map((follower) => [
    `S${follower.server}`,
    follower.next,
    follower.match,
    progressState(follower),
    windowWords(follower),
  ]);
  return (
    <Section title="Volatile state on leaders">
      {rows.length === 0 ? (
        <p className="inspector-hint">It has no followers.</p>
      ) : (
        <FactTable label="Followers" head={["nextIndex[]", "matchIndex[]", "state", "under way"]} rows={rows} />
      )}
    </Section>
  );
}

type Votes = NonNullable<ServerView["votes"]>;
function Votes({ server, votes }: { readonly server: ServerView; readonly votes: Votes }): ReactElement {
  const asked = useOpenQuestion();
  const answer = (id: ServerId): string => {
    const vote = votes.find((one) => one.server === id);
    return vote === undefined ? "no answer yet" : vote.granted ? "yes" : "no";
  };
  return (
    <Section
      title={server.role === "preCandidate" ? `Pre-votes for term ${server.term + 1}` : `Votes in term ${server.term}`}
    >
      <Facts
        facts={server.voters.map((id): Fact => [`S${id}`, id === server.id ? `${answer(id)} (itself)` : answer(id)])}
      />
      {talliesOf(server).map(({ voters, granted, quorum }, half) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both halves may have the same voters
        <p key={half} className="inspector-hint">
          {isJoint(server) ? `In the ${half === 0 ? "old" : "new"} half (${voters.map(named).join(", ")}): ` : ""}
          {granted} of {voters.length}
          {asked ? "" : `, needs ${quorum}`}
        </p>
      ))}
    </Section>
  );
}

/** Reads by ReadIndex: what each waits for before it is answered. */
function Reads({ server }: { readonly server: ServerView }): ReactElement {
  const round = roundSentence(server);
  const rows = server.reads.map((read) => [
    read.from === 0 ? `request ${read.request}` : `${read.request}, from S${read.from}`,
    read.waitsFor === "ownCommit" ? "–" : read.index,
    readWaits(server, read),
  ]);
  return (
    <Section title="Reads">
      <FactTable label="Reads" head={["up to index", "waits for"]} rows={rows} />
      {round === null ? null : <p className="inspector-hint">{round}</p>}
    </Section>
  );
}

function DiskSection({ server }: { readonly server: ServerView }): ReactElement {
  const { pending, doneAt, waiting } = server.disk;
  if (pending === 0 && waiting === 0) {
    return (
      <Section title="Disk">
        <p className="inspector-hint">Idle: everything is written.</p>
      </Section>
    );
  }
  const facts: Fact[] = [["writes under way", pending]];
  if (doneAt !== null) facts.push(["first one done in", <Timer key="d" of={server.id} due={diskDue} />]);
  facts.push(["messages that wait for it", waiting]);
  return (
    <Section title="Disk">
      <Facts facts={facts} />
    </Section>
  );
}

/** In what it follows other rules than the run's. */
function OwnOptions({ id }: { readonly id: ServerId }): ReactElement | null {
  const own = usePanelLab("inspector", ({ info }) => info?.ownOptions.find(({ server }) => server === id)?.options);
  if (own === undefined) return null;
  return (
    <Section title="Options of its own">
      <FactTable
        label="Options of its own"
        head={["here", "other servers"]}
        rows={own.map(({ title, here, run }) => [title, here, run])}
      />
    </Section>
  );
}

const storeLimit = 50;
function StoreSection({ server }: { readonly server: ServerView }): ReactElement {
  const { store } = server;
  return (
    <Section title="Key-value store">
      {store.length === 0 ? (
        <p className="inspector-hint">Empty: nothing has been applied.</p>
      ) : (
        <Facts facts={store} />
      )}
      {store.length >= storeLimit ? <p className="inspector-hint">The first {storeLimit} keys.</p> : null}
    </Section>
  );
}
