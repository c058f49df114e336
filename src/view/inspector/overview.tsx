import { Check, CircleHelp, Clock, X } from "lucide-react";
import type { ReactElement } from "react";
import { figuresOf, type HealthFigure, healthOf } from "../../store/health.ts";
import { useOpenQuestion } from "../../store/open-question.ts";
import { nameOf } from "../../store/server-names.ts";
import { lab, usePanelLab } from "../../store/use-lab.ts";
import type { RequestView } from "../../worker/protocol/clients.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { Crown } from "../kit/crown.tsx";
import { OwnLinks } from "../kit/own-links.tsx";
import { RunOptions } from "../kit/run-options.tsx";
import { doingWords } from "../kit/words/membership.ts";
import { partedSentence } from "../kit/words/parted.ts";
import { configurationFacts, leaderSentence } from "../kit/words/words.ts";
import { Disc, type Fact, Facts, Section } from "./parts.tsx";
import { ToldOverview } from "./told-part.tsx";

const noServers: readonly ServerView[] = [];
const noRequests: readonly RequestView[] = [];

/** The cluster in short, while nothing is selected. */
export function Overview(): ReactElement {
  const servers = usePanelLab("inspector", (state) => state.frame?.servers) ?? noServers;
  const parted = usePanelLab("inspector", ({ frame }) => (frame === null ? "" : partedSentence(frame)));
  const frame = usePanelLab("inspector", (state) => state.frame);
  const mode = frame?.mode;
  const info = usePanelLab("inspector", (state) => state.info);
  const load = usePanelLab("inspector", (state) => state.frame?.loadPerSecond ?? 0);
  const asked = useOpenQuestion();
  const told = usePanelLab("inspector", (state) => state.frame?.told?.leads);
  if (servers.length === 0) return <p className="inspector-hint">The engine is starting.</p>;
  if (told !== undefined)
    return (
      <ToldOverview sentence={told} servers={servers.map((server) => <ServerLine key={server.id} server={server} />)} />
    );
  const health = frame === null ? undefined : healthOf(frame);
  const facts: Fact[] = [
    ["highest term", Math.max(...servers.map((server) => server.term))],
    ["highest commit index", Math.max(...servers.map((server) => server.commitIndex))],
    ...configurationFacts(informed(servers), asked),
    ["network", mode === "manual" ? "you deliver every message" : "automatic"],
  ];
  if (load > 0) facts.push(["clients ask", `${load} times a second`]);
  return (
    <>
      <header className="inspector-head">
        <h2>{leaderSentence(servers)}</h2>
        <p className="inspector-health" data-verdict={health?.verdict}>
          {health?.sentence}
        </p>
        <p>{parted}</p>
      </header>
      <Facts facts={facts} />
      <Section title="Servers">
        <ul className="inspector-servers">
          {servers.map((server) => (
            <ServerLine key={server.id} server={server} figures={frame === null ? [] : figuresOf(server, frame)} />
          ))}
        </ul>
      </Section>
      <Requests />
      <OwnLinks />
      {info === null ? null : <RunOptions info={info} />}
      <p className="inspector-hint inspector-try">
        Select a server, a message or a link to see all of it and what can be done to it.
      </p>
    </>
  );
}

/** Who knows best who belongs to the cluster: the leader of the newest term, else the server that has committed most. */
function informed(servers: readonly ServerView[]): ServerView {
  const leaders = servers.filter((server) => server.role === "leader" && server.status !== "down");
  const [newest] = leaders.sort((a, b) => b.term - a.term);
  return newest ?? [...servers].sort((a, b) => b.commitIndex - a.commitIndex)[0]!;
}

function ServerLine({
  server,
  figures,
}: {
  readonly server: ServerView;
  readonly figures?: readonly HealthFigure[] | undefined;
}): ReactElement {
  return (
    <li>
      <button type="button" className="inspector-server" onClick={() => lab.select({ kind: "server", id: server.id })}>
        <Disc server={server} isSmall />
        <span className="inspector-server-name">{nameOf(server.id)}</span>
        <span className="inspector-server-doing">{doingWords(server, () => true)}</span>
        {figures?.map(([text, about]) => (
          <span key={about} className="inspector-server-figure" title={about}>
            {text}
          </span>
        ))}
        {server.role === "leader" && server.status !== "down" ? <Crown size={15} /> : null}
      </button>
    </li>
  );
}

const requestIcons = { asking: Clock, done: Check, failed: X, unknown: CircleHelp } as const;
const requestsShown = 8;
function Requests(): ReactElement {
  const requests = usePanelLab("inspector", (state) => state.frame?.requests) ?? noRequests;
  const newest = requests.slice(-requestsShown).reverse();
  return (
    <Section title="Client requests">
      {newest.length === 0 ? (
        <p className="inspector-hint">
          None yet<span className="ui-desk">: press R to send one</span>.
        </p>
      ) : null}
      <ul className="inspector-requests">
        {newest.map((request) => {
          const Icon = requestIcons[request.state];
          return (
            <li key={request.number}>
              <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
              {request.summary}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
