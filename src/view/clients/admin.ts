import { type OptionJson, valueText } from "../../scenario/option-kinds.ts";
import type { OptionName } from "../../scenario/option-rows.ts";
import { healthOf, lagOf } from "../../store/health.ts";
import { leaderNow, noChange, noHandover, noSnapshot, noVoterLess, standing } from "../../store/membership.ts";
import { notChanged, optionShown, optionsAct, titleWithin } from "../../store/option-changes.ts";
import { nameOf } from "../../store/server-names.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import type { Act } from "../../world/acts.ts";

/** What an operator of the cluster types: what it is asked, what it does, what is said. Pure. */

export type Admin =
  | { readonly do: "status" | "health" | "metrics" }
  | { readonly do: "add" | "remove" | "transfer" | "compact"; readonly server: number }
  /** `server` 0: all. `said`: the value as it was typed. */
  | {
      readonly do: "set";
      readonly server: number;
      readonly option: OptionName;
      readonly value: OptionJson;
      readonly said: string;
    };

interface AdminVerb {
  readonly name: Admin["do"];
  readonly form: string;
  readonly about: string;
  /** The request that servers of Raft with an API over HTTP usually have for it. */
  readonly http: (server: string, body?: string) => string;
}
export const adminVerbs: readonly AdminVerb[] = [
  { name: "status", form: "status", about: "every server in a line", http: () => "GET /status" },
  { name: "health", form: "health", about: "how the cluster is", http: () => "GET /health" },
  { name: "metrics", form: "metrics", about: "what a monitoring system reads now", http: () => "GET /metrics" },
  {
    name: "add",
    form: "add S6",
    about: "make a machine a voter",
    http: (id) => `POST /cluster/members {"id":"${id}"}`,
  },
  {
    name: "remove",
    form: "remove S2",
    about: "take a server out of the cluster",
    http: (id) => `DELETE /cluster/members/${id}`,
  },
  {
    name: "transfer",
    form: "transfer S3",
    about: "hand leadership to it",
    http: (id) => `POST /cluster/transfer {"to":"${id}"}`,
  },
  {
    name: "compact",
    form: "compact S1",
    about: "let it make a snapshot",
    http: (id) => `POST /cluster/compact {"id":"${id}"}`,
  },
  {
    name: "set",
    form: "set S2 heartbeatMs 20ms",
    about: "change an option of a server, or of all",
    http: (id, body = '{"heartbeatMs":20}') => `PATCH /cluster/options${id === "all" ? "" : `/${id}`} ${body}`,
  },
];
export const adminVerb = (word: string): AdminVerb | undefined =>
  adminVerbs.find(({ name }) => name === word.toLowerCase());
export const namesServer = ({ name }: AdminVerb): boolean => !["status", "health", "metrics"].includes(name);

/** As it was meant, and the request that it stands for. */
export function wordsOf(admin: Admin): { readonly asked: string; readonly http: string } {
  if (admin.do === "set") {
    const { option, value, said } = admin;
    const whose = admin.server === 0 ? "all" : `S${admin.server}`;
    const http = adminVerb("set")!.http(whose, JSON.stringify({ [option]: value }));
    return { asked: `set ${whose} ${option} ${said}`, http };
  }
  const server = "server" in admin ? `S${admin.server}` : "";
  return { asked: `${admin.do} ${server}`.trim(), http: adminVerb(admin.do)!.http(server) };
}

interface Answer {
  readonly lines: readonly string[];
  /** What is done; null: nothing. */
  readonly act: Act | null;
}
const said = (...lines: readonly string[]): Answer => ({ lines, act: null });
const doing = (line: string, act: Act): Answer => ({ lines: [line], act });

export function answerTo(admin: Admin, frame: Frame): Answer {
  switch (admin.do) {
    case "health":
      return said(healthOf(frame).sentence, ...frame.servers.map((server) => healthLine(server, frame)));
    case "status":
      return said(...frame.servers.map(statusLine));
    case "metrics":
      return said(...metricLines(frame));
    case "set":
      return settingAnswer(admin, frame);
    default: {
      const server = frame.servers.find(({ id }) => id === admin.server);
      return server === undefined ? said(`There is no S${admin.server}.`) : answers[admin.do](server, frame);
    }
  }
}

/** In the group that is shown, as every act that says none is in the first. */
const inGroup = ({ group }: Frame) => (group > 1 ? { group } : {});

const answers: Readonly<Record<"add" | "remove" | "transfer" | "compact", (s: ServerView, frame: Frame) => Answer>> = {
  add: (server, frame) =>
    standing(server, frame) === "voter"
      ? said(`${nameOf(server.id)} is a voter already.`)
      : change("add", server, frame, noChange(frame)),
  remove: (server, frame) =>
    standing(server, frame) === "none"
      ? said(`${nameOf(server.id)} is no member.`)
      : change("remove", server, frame, noVoterLess(server, frame)),
  transfer(server, frame) {
    const leader = leaderNow(frame);
    if (leader?.id === server.id) return said(`${nameOf(server.id)} leads already.`);
    const why = noHandover(server, frame);
    if (why !== null || leader === null) return said(refusal(why));
    return doing(`${nameOf(leader.id)} is asked to hand leadership to ${nameOf(server.id)}.`, {
      do: "transfer",
      server: leader.id,
      to: server.id,
      ...inGroup(frame),
    });
  },
  compact(server, frame) {
    const why = noSnapshot(server);
    if (why !== null) return said(refusal(why));
    return doing(`${nameOf(server.id)} is asked for a snapshot up to entry ${server.lastApplied}.`, {
      do: "compact",
      server: server.id,
      ...inGroup(frame),
    });
  },
};

function settingAnswer({ server, option: name, value }: Extract<Admin, { do: "set" }>, { servers }: Frame): Answer {
  if (server !== 0 && !servers.some(({ id }) => id === server)) return said(`There is no S${server}.`);
  const option = optionShown(name);
  const fixed = notChanged(option, server);
  if (fixed !== null) return said(fixed);
  const whose = server === 0 ? "All servers follow" : `${nameOf(server)} follows`;
  const when = option.takes === "atOnce" ? "at once" : "once started again";
  return doing(
    `${whose} ${when}: ${titleWithin(name)} ${valueText(option.kind, value)}.`,
    optionsAct(server, name, value),
  );
}

const refusal = (why: string | null): string => `Not now: ${why ?? "no server leads now"}.`;

function change(type: "add" | "remove", server: ServerView, frame: Frame, why: string | null): Answer {
  const leader = leaderNow(frame);
  if (why !== null || leader === null) return said(refusal(why));
  const what = type === "add" ? `add ${nameOf(server.id)} as a voter` : `remove ${nameOf(server.id)}`;
  return doing(`${nameOf(leader.id)} is asked to ${what}.`, {
    do: "members",
    server: leader.id,
    changes: [{ type, server: server.id }],
    transition: "auto",
    ...inGroup(frame),
  });
}

// ---- in lines --------------------------------------------------------------------------------------------------

const roleOf = ({ status, role }: ServerView): string => (status === "up" ? role : status);

const statusLine = (server: ServerView): string =>
  [
    nameOf(server.id),
    roleOf(server),
    `term ${server.term}`,
    `log ${server.lastIndex}`,
    `commit ${server.commitIndex}`,
    `applied ${server.lastApplied}`,
  ].join("  ");

function healthLine(server: ServerView, frame: Frame): string {
  const lag = lagOf(server, frame);
  const { pending } = server.disk;
  return [
    `${nameOf(server.id)}  ${roleOf(server)}`,
    ...(lag === null ? [] : [`lag ${lag}`]),
    ...(pending === 0 ? [] : [`disk queue ${pending}`]),
  ].join("  ");
}

/** Samples of the gauges, one a line. */
function metricLines(frame: Frame): readonly string[] {
  const { servers } = frame;
  const gauge = (name: string, of: (server: ServerView) => number | null): readonly string[] =>
    servers.flatMap((server) => {
      const value = of(server);
      return value === null ? [] : [`${name}{server="${nameOf(server.id)}"} ${value}`];
    });
  const running = ({ status }: ServerView): boolean => status !== "down";
  return [
    ...gauge("raft_term_current", ({ term }) => term),
    ...servers.filter(running).map(({ id, role }) => `raft_state{server="${nameOf(id)}",raft_state="${role}"} 1`),
    ...gauge("raft_server_up", ({ status }) => (status === "up" ? 1 : 0)),
    ...gauge("raft_log_last_index", ({ lastIndex }) => lastIndex),
    ...gauge("raft_log_commit_index", (server) => (running(server) ? server.commitIndex : null)),
    ...gauge("raft_replication_lag_entries", (server) => lagOf(server, frame)),
    ...gauge("raft_disk_queue_writes", ({ disk }) => disk.pending),
  ];
}
