import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { CloudLightning, Footprints, Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { ActionGroup } from "../../store/actions/row.ts";
import { type ActionItem, actionOf, actionsFor, allActions } from "../../store/actions/table.ts";
import { harmful, useCatalogue } from "../../store/fault-catalogue.ts";
import { follow } from "../../store/follow.ts";
import type { Followed, LabState } from "../../store/lab.ts";
import { page } from "../../store/page.ts";
import { withPart } from "../../store/parts.ts";
import { labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import { hotkeyParts } from "../kit/keys.ts";
import { type Entry, type EntryGroup, found } from "./find.ts";
import "../kit/form/frame.css";
import "./palette.css";

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
function entries(state: LabState): readonly EntryGroup[] {
  const own = state.selection?.kind === "server" ? state.selection.id : 0;
  const servers = (state.frame?.servers ?? []).filter((s) => s.id !== own);
  const others = servers.flatMap((s) => actionsFor({ kind: "server", id: s.id }, state));
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

const byName = (value: string, items: readonly ActionItem[]): EntryGroup => ({
  ...entryGroup(value, items),
  byName: true,
});

function usualItems(state: LabState): readonly ActionItem[] {
  const servers = state.frame?.servers ?? [];
  const subject = servers.find(({ role, status }) => role === "leader" && status === "up") ?? servers[0];
  const target = subject === undefined ? null : ({ kind: "server", id: subject.id } as const);
  const onServer = usualOnServer.map((id) => actionOf(id, target, state));
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

/** Every fault by its name: each opens its form. */
const faultGroup = (catalogue: readonly FaultView[]): EntryGroup => ({
  value: "Faults",
  items: harmful(catalogue).map(({ name, title }) => ({
    value: `fault-${name}`,
    label: `${title} …`,
    about: "inject",
    icon: CloudLightning,
    run: () => page.openFault(name, null),
  })),
  byName: true,
});

function choose(entry: Entry): void {
  if (entry.refused !== undefined) return;
  // The dialog first: an action may open another one.
  page.closeDialog();
  entry.run();
}

/** What is found by its name: here as soon as it has come. */
function useNamed(): readonly EntryGroup[] {
  const [named, setNamed] = useState<readonly EntryGroup[]>([]);
  useEffect(() => {
    let gone = false;
    const tell = (groups: readonly EntryGroup[]) => !gone && setNamed(groups);
    void withPart(
      "list of scenarios, settings and words",
      () => import("./named.ts"),
      async (part) => tell(await part.namedGroups()),
    );
    return () => {
      gone = true;
    };
  }, []);
  return named;
}

/** Every action by its name. */
export function Palette() {
  const [own] = useState(() => entries(labState()));
  const catalogue = useCatalogue();
  const named = useNamed();
  const [typed, setTyped] = useState("");
  const groups = useMemo(
    () => [...own, ...(catalogue === null ? [] : [faultGroup(catalogue)]), ...named],
    [own, catalogue, named],
  );
  const shown = useMemo(() => found(groups, typed), [groups, typed]);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && page.closeDialog()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog-popup palette-popup" data-size="medium" aria-label="Find an action">
          <Autocomplete.Root
            open
            inline
            items={shown}
            filter={null}
            value={typed}
            onValueChange={setTyped}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(entry) => (entry as Entry).value}
          >
            <div className="palette-search">
              <Search size={16} strokeWidth={1.8} aria-hidden="true" />
              <Autocomplete.Input
                className="palette-input"
                aria-label="Find an action"
                placeholder="Do, open, set or look up …"
              />
            </div>
            <Dialog.Close className="ui-hidden">Close</Dialog.Close>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
            <section className="palette-scroll" aria-label="Actions" tabIndex={0}>
              <Autocomplete.Empty className="palette-empty">Nothing here is called that.</Autocomplete.Empty>
              <Autocomplete.List>
                {(group: EntryGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="palette-group">
                    <Autocomplete.GroupLabel className="ui-heading palette-heading">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(entry: Entry) => <Row key={entry.value} entry={entry} />}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </section>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Row({ entry }: { readonly entry: Entry }) {
  const Icon = entry.icon;
  return (
    <Autocomplete.Item
      value={entry}
      className="palette-item"
      aria-disabled={entry.refused !== undefined || undefined}
      onClick={() => choose(entry)}
    >
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      <span className="palette-label">
        {entry.label}
        {(entry.refused ?? entry.note) !== undefined && (
          <small className="palette-note">{entry.refused ?? entry.note}</small>
        )}
      </span>
      {entry.hotkey !== undefined && (
        <span className="palette-keys">
          {hotkeyParts(entry.hotkey).map((part) => (
            <kbd key={part} className="ui-key">
              {part}
            </kbd>
          ))}
        </span>
      )}
    </Autocomplete.Item>
  );
}
