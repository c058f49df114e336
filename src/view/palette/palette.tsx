import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { CloudLightning, Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { harmful, useCatalogue } from "../../store/fault-catalogue.ts";
import { page } from "../../store/page.ts";
import { withPart } from "../../store/parts.ts";
import { labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import { hotkeyParts } from "../kit/keys.ts";
import { type Entry, type EntryGroup, found } from "./find.ts";
import { entries } from "./own.ts";
import "../kit/form/frame.css";
import "./palette.css";

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
