import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { CloudLightning, Search } from "lucide-react";
import { useMemo, useState } from "react";
import type { ActionGroup } from "../../store/actions/row.ts";
import { type ActionItem, actionsFor, allActions } from "../../store/actions/table.ts";
import { harmful, useCatalogue } from "../../store/fault-catalogue.ts";
import type { LabState } from "../../store/lab.ts";
import { page } from "../../store/page.ts";
import { labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import { hotkeyParts } from "../kit/keys.ts";
import "../kit/form/frame.css";
import "./palette.css";

interface Entry extends ActionItem {
  /** What the search looks at, and the entry's identity. */
  readonly value: string;
}
interface EntryGroup {
  readonly value: ActionGroup | "Other links" | "Faults";
  readonly items: readonly Entry[];
}

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
const order = (Object.keys(places) as ActionGroup[]).sort((a, b) => places[a] - places[b]);

/** What can be done now: to the selection, to every server, to the run. */
function entries(state: LabState): readonly EntryGroup[] {
  const own = state.selection?.kind === "server" ? state.selection.id : 0;
  const servers = (state.frame?.servers ?? []).filter((s) => s.id !== own);
  const others = servers.flatMap((s) => actionsFor({ kind: "server", id: s.id }, state));
  const all = [...allActions(state), ...others].filter((item) => item.enabled && item.id !== "palette");
  const groups = order.filter((group) => all.some((item) => item.group === group));
  const listed = groups.map((group) =>
    entryGroup(
      group,
      all.filter((item) => item.group === group),
    ),
  );
  return [...listed, entryGroup("Other links", linkItems(state))];
}

const entryGroup = (value: EntryGroup["value"], items: readonly ActionItem[]): EntryGroup => ({
  value,
  items: items.map((item) => ({ ...item, value: `${item.label} ${value}` })),
});

/** Links have no place of their own in the order of Tab: this is how the keyboard cuts any of them. */
function linkItems(state: LabState): readonly ActionItem[] {
  const ids = (state.frame?.servers ?? []).map((server) => server.id);
  const pairs = ids.flatMap((a) => ids.filter((b) => a < b).map((b) => [a, b] as const));
  const own = state.selection?.kind === "link" ? [...state.selection.link].sort().join() : "";
  const others = pairs.filter((pair) => pair.join() !== own);
  return others.flatMap((link) => actionsFor({ kind: "link", link }, state));
}

/** Every fault by its name: each opens its form. */
const faultGroup = (catalogue: readonly FaultView[]): EntryGroup =>
  entryGroup(
    "Faults",
    harmful(catalogue).map(({ name, title }) => ({
      id: `fault-${name}`,
      label: `${title} …`,
      group: "Cluster",
      icon: CloudLightning,
      enabled: true,
      run: () => page.openFault(name, null),
    })),
  );

function choose(entry: Entry): void {
  // The dialog first: an action may open another one.
  page.closeDialog();
  entry.run();
}

/** Every action by its name. */
export function Palette() {
  const [own] = useState(() => entries(labState()));
  const catalogue = useCatalogue();
  const groups = useMemo(() => (catalogue === null ? own : [...own, faultGroup(catalogue)]), [own, catalogue]);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && page.closeDialog()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog-popup palette-popup" data-size="medium" aria-label="Find an action">
          <Autocomplete.Root
            open
            inline
            items={groups}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(entry) => (entry as Entry).value}
          >
            <div className="palette-search">
              <Search size={16} strokeWidth={1.8} aria-hidden="true" />
              <Autocomplete.Input
                className="palette-input"
                aria-label="Find an action"
                placeholder="What do you want to do?"
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
    <Autocomplete.Item value={entry} className="palette-item" onClick={() => choose(entry)}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      <span className="palette-label">{entry.label}</span>
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
