import { Footprints } from "lucide-react";
import type { ActionGroup } from "../../store/actions/row.ts";
import { type ActionItem, actionOf, actionsFor, allActions } from "../../store/actions/table.ts";
import { follow } from "../../store/follow.ts";
import type { Followed, LabState } from "../../store/lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import type { Entry, EntryGroup } from "./find.ts";

/** What stirs the cluster is looked for most. */
const places: Readonly<Record<ActionGroup, number>> = {
  Message: 1,
  Link: 2,
  Server: 3,
  Operations: 4,
  Cluster: 5,
  Client: 6,
  Time: 7,
  Run: 8,
  Page: 9,
  Jump: 10,
  Select: 11,
};
/** Not among what is shown before anything is typed: keys and clicks do these. */
const rare: readonly ActionGroup[] = ["Jump", "Select"];
const order = (Object.keys(places) as ActionGroup[]).sort((a, b) => places[a] - places[b]);

/** The usual ways to stir a cluster, and to find something else; of those that need a server, the leader's. */
const usual = [
  "request",
  "partition",
  "heal",
  "fault",
  "scenarios",
  "settings",
  "break-raft",
  "share",
  "help",
] as const;
const usualOnServer = ["crash", "isolate"] as const;

const entryGroup = (value: string, items: readonly ActionItem[]): EntryGroup => ({
  value,
  items: items.map(({ id, label, icon, hotkey, disabledReason, about, run }) => ({
    ...{ value: `${value} ${id} ${label}`, label, icon, about, run },
    ...(hotkey === undefined ? {} : { hotkey }),
    ...(disabledReason === undefined ? {} : { refused: disabledReason }),
  })),
});

/** What can be done: to the selection and to the run; by name also to every other server. What cannot be done now says why. */
export function entries(state: LabState): readonly EntryGroup[] {
  const own = state.selection?.kind === "server" ? state.selection.id : 0;
  const servers = (state.frame?.servers ?? []).filter((s) => s.id !== own);
  const others = servers.flatMap((s) =>
    actionsFor({ kind: "server", id: s.id }, state).map((item) => withRole(item, s)),
  );
  const all = allActions(state).filter((item) => item.id !== "palette");
  const listed = order.map((group) => {
    const items = all.filter((item) => item.group === group);
    return rare.includes(group) ? byName(group, items) : entryGroup(group, items);
  });
  return [
    entryGroup("Usual", usualItems(state)),
    ...listed,
    followGroup(state),
    byName("Other servers", others),
    byName("Other links", linkItems(state)),
  ];
}

/** Entries, the newest first, and terms: their stories. */
function followGroup({ frame, timeline }: LabState): EntryGroup {
  const seen = new Map<string, { readonly index: number; readonly term: number; readonly text: string }>();
  for (const { tail, lastIndex } of frame?.servers ?? []) {
    tail.forEach(({ term, text }, place) => {
      const index = lastIndex - tail.length + 1 + place;
      seen.set(`${index}.${term}`, { index, term, text });
    });
  }
  const newest = [...seen.values()].sort((a, b) => b.index - a.index || b.term - a.term);
  const terms = [...new Set((timeline?.terms ?? []).map(({ term }) => term))].filter((term) => term > 0).reverse();
  const item = (followed: Followed, label: string, about: string): Entry => ({
    ...{ value: `follow ${label} ${about}`, label, about, note: about, icon: Footprints },
    run: () => follow(followed),
  });
  return {
    value: "Stories",
    byName: true,
    items: [
      ...newest.map(({ index, term, text }) =>
        item({ kind: "entry", index, term }, `Follow entry ${index} of term ${term}`, text),
      ),
      ...terms.map((term) =>
        item({ kind: "term", term }, `Story of term ${term}`, "who tried to lead it, and who won"),
      ),
    ],
  };
}

/** It is also found by what the server is: "crash the leader". */
const withRole = <T extends ActionItem | undefined>(item: T, server: ServerView | undefined): T =>
  item === undefined ? item : { ...item, about: `${item.about} ${server?.role ?? ""}` };

const byName = (value: string, items: readonly ActionItem[]): EntryGroup => ({
  ...entryGroup(value, items),
  byName: true,
});

function usualItems(state: LabState): readonly ActionItem[] {
  const servers = state.frame?.servers ?? [];
  const subject = servers.find(({ role, status }) => role === "leader" && status === "up") ?? servers[0];
  const target = subject === undefined ? null : ({ kind: "server", id: subject.id } as const);
  const onServer = usualOnServer.map((id) => withRole(actionOf(id, target, state), subject));
  const [write, ...others] = usual.map((id) => actionOf(id, null, state));
  return [write, ...onServer, ...others].filter((item) => item?.enabled === true) as ActionItem[];
}

/** Links have no place of their own in the order of Tab: this is how the keyboard cuts any of them. */
function linkItems(state: LabState): readonly ActionItem[] {
  const ids = (state.frame?.servers ?? []).map((server) => server.id);
  const pairs = ids.flatMap((a) => ids.filter((b) => a < b).map((b) => [a, b] as const));
  const own = state.selection?.kind === "link" ? [...state.selection.link].sort().join() : "";
  const others = pairs.filter((pair) => pair.join() !== own);
  return others.flatMap((link) => actionsFor({ kind: "link", link }, state));
}
