import { endName } from "../scenario/names.ts";
import type { RunState } from "./state.ts";

/** An option that is another one than the profile's, or than the run's where a server has its own; in words. */
interface Difference {
  readonly title: string;
  readonly here: string;
  readonly run: string;
}

/** What a bug report says of a run. */
export interface Report {
  readonly title: string;
  /** "as in the Raft paper, 5 servers". */
  readonly summary: string;
  /** The whole address of this moment; null: the run is too long for one. */
  readonly url: string | null;
  readonly differs: readonly Difference[];
  readonly ownOptions: readonly { readonly server: number; readonly options: readonly Difference[] }[];
  /** Rules that are switched off. */
  readonly bugs: readonly { readonly name: string; readonly title: string }[];
  /** The last events, oldest first, each a line. */
  readonly events: readonly string[];
  readonly state: RunState;
}

/** Longer ones would make an issue that no tracker takes. */
const stateMost = 24_000;
const entriesShown = 12;

/** For an issue or a chat: link, what differs, the servers, the last events, and the state as `headless` prints it. */
export function markdownOf(report: Report): string {
  const { title, summary, state, events } = report;
  const parts = [
    `### ${title === "" ? "A run" : title}, at ${(state.atMs / 1000).toFixed(3)} s`,
    `${capital(summary)}. ${linkText(report)}`,
    differences(report),
    broken(state),
    ...groupsOf(state).map(({ heading, servers }) => `${heading}\n\n${serverTable(servers)}`),
    events.length === 0 ? "" : `**The last ${events.length} events**\n\n${fenced("text", events.join("\n"))}`,
    stateText(state),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const linkText = ({ url }: Report): string =>
  url === null
    ? "The run is too long for a link: attach it as a `.raft.json` file."
    : `[Open this moment in Driftwood](<${url}>).`;

function differences({ differs, ownOptions, bugs }: Report): string {
  const lines = [
    ...differs.map(({ title, here, run }) => `- ${title}: ${here} (the profile has ${run})`),
    ...ownOptions.flatMap(({ server, options }) =>
      options.map(({ title, here, run }) => `- ${title}: ${here} on ${endName(server)} (the run has ${run})`),
    ),
    ...bugs.map(({ name, title }) => `- A rule is switched off: ${title} (\`${name}\`)`),
  ];
  return lines.length === 0 ? "" : `**What differs**\n\n${lines.join("\n")}`;
}

const broken = ({ violations }: RunState): string =>
  violations.map(({ property, server, detail }) => `**${property} is broken at ${server}:** ${detail}`).join("\n\n");

type Servers = RunState["servers"];

const groupsOf = ({ servers, groups }: RunState): readonly { readonly heading: string; readonly servers: Servers }[] =>
  groups === undefined
    ? [{ heading: "**Servers**", servers }]
    : Object.entries(groups).map(([group, its]) => ({ heading: `**Servers of group ${group}**`, servers: its }));

function serverTable(servers: Servers): string {
  const head = ["server", "is", "term", "voted for", "commit", "applied", "log (index:term)"];
  const rows = Object.entries(servers).map(
    ([name, { status, role, term, votedFor, commitIndex, lastApplied, log }]) => [
      name,
      status === "up" ? (role ?? status) : status,
      term,
      votedFor ?? "nobody",
      commitIndex,
      lastApplied,
      logText(log),
    ],
  );
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function logText(log: Servers[string]["log"]): string {
  const last = log.slice(-entriesShown).map(({ index, term }) => `${index}:${term}`);
  if (last.length === 0) return "empty";
  return log.length > entriesShown ? `… ${last.join(" ")}` : last.join(" ");
}

function stateText(state: RunState): string {
  const json = JSON.stringify(state);
  if (json.length > stateMost)
    return "The whole state is too long to be pasted here: `headless run FILE --print state` prints it.";
  return `<details><summary>The state as JSON</summary>\n\n${fenced("json", json)}\n\n</details>`;
}

/** What clients write may have a fence of its own: this one is longer. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
