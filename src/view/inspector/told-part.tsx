import type { ReactElement } from "react";
import { nameOf } from "../../store/server-names.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import type { Fact as ToldFact } from "../../worker/protocol/told.ts";
import { Crown } from "../kit/crown.tsx";
import { roleNames } from "../kit/words/role-names.ts";
import { configurationFacts, serverOrNone } from "../kit/words/words.ts";
import { ToldLines } from "./late.tsx";
import { Disc, type Fact, Facts, Section, SnapshotSection } from "./parts.tsx";

/** A server of which another program told: what is known of it at this moment, and what is not. */
export function ToldServer({ server }: { readonly server: ServerView }): ReactElement {
  const full = usePanelLab("inspector", ({ info }) => info?.told?.servers[server.id - 1]?.name ?? "");
  const unknown = server.told?.unknown ?? [];
  const of = (fact: ToldFact, value: string | number): string | number => (unknown.includes(fact) ? "not told" : value);
  const known: Fact[] = [
    ["running", of("status", server.status === "down" ? "no" : "yes")],
    ["role", of("role", roleNames[server.role])],
    ["currentTerm", of("term", server.term)],
    ["votedFor", of("vote", serverOrNone(server.votedFor))],
    ["leader", of("leader", serverOrNone(server.leader))],
    ["log[] up to", of("last", server.lastIndex)],
    ["commitIndex", of("commit", server.commitIndex)],
    ["lastApplied", of("applied", server.lastApplied)],
  ];
  const leads = !unknown.includes("role") && server.role === "leader" && server.status !== "down";
  return (
    <>
      <header className="inspector-head">
        <Disc server={server} />
        <h2>{nameOf(server.id)}</h2>
        {leads ? <Crown size={20} /> : null}
        <p>{server.doing}</p>
      </header>
      {full === nameOf(server.id) ? null : <p className="inspector-hint inspector-told-name">{full}</p>}
      <ToldLines server={server.id} />
      <Section title="What the log tells, up to here">
        <Facts facts={known} />
      </Section>
      <SnapshotSection server={server} />
      <Section title="Configuration">
        {unknown.includes("configuration") ? (
          <p className="inspector-hint">Not told.</p>
        ) : (
          <Facts facts={configurationFacts(server)} />
        )}
      </Section>
    </>
  );
}

/** The servers of such a run in short, while nothing is selected. */
export function ToldOverview({
  sentence,
  servers,
}: {
  readonly sentence: string;
  readonly servers: readonly ReactElement[];
}): ReactElement {
  return (
    <>
      <header className="inspector-head">
        <h2>{sentence}</h2>
      </header>
      <Section title="Servers">
        <ul className="inspector-servers">{servers}</ul>
      </Section>
      <p className="inspector-hint inspector-try">Select a server or a message to see what is told of it.</p>
    </>
  );
}
