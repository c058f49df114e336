import { Tabs } from "@base-ui/react/tabs";
import type { ActionGroup, ActionRow } from "../../store/actions/row.ts";
import { actionRows } from "../../store/actions/table.ts";
import { usePage } from "../../store/page.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { hotkeyParts } from "../kit/keys.ts";
import { Words } from "./words.tsx";
import "./help.css";

/** What is said under each group's heading; null: it has no section. */
const sections: Readonly<Record<ActionGroup, string | null>> = {
  Time: "",
  Jump: "",
  Server: "The selected one: press its digit or click it.",
  Operations: "On the selected server. Its menu has changes of membership too.",
  Client: "",
  Cluster: "",
  Message: "The selected one: pause, then click it.",
  Link: "The selected one: click the line.",
  Run: "",
  Page: "",
  Select: null,
};
const shown = Object.entries(sections).flatMap(([group, about]) => (about === null ? [] : [[group, about] as const]));

/** The keys, and the words: what opened it says which comes first. */
export function Help() {
  const wish = usePage((state) => state.help);
  return (
    <DialogFrame title="Keys and words" size="large">
      <Tabs.Root key={wish.part} defaultValue={wish.part}>
        <Tabs.List className="help-tabs" activateOnFocus>
          <Tabs.Tab className="help-tab" value="keys">
            Keys
          </Tabs.Tab>
          <Tabs.Tab className="help-tab" value="words">
            Words
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="words">
          <Words first={wish.part === "words" ? wish.word : null} />
        </Tabs.Panel>
      </Tabs.Root>
    </DialogFrame>
  );
}

/** Built as one file, the page has nothing beside it. */
const isOneFile = import.meta.env.MODE === "single";

/** The key sheet, made from the action table. */
function Keys() {
  return (
    <>
      <p className="help-intro">Everything that buttons and menus do has a key, or is one search away (first line).</p>
      <dl className="help-first">
        <KeyLine hotkey="$mod+K" text="Find any action by its name" />
        <KeyLine hotkey="1" text="Select S1, and so on to 9" />
        <KeyLine hotkey="Escape" text="Select nothing" />
      </dl>
      <div className="help-groups">
        {shown.map(([group, about]) => (
          <Group key={group} group={group} about={about} />
        ))}
      </div>
      <p className="help-note">
        How recordings are written, and what the same engine does without the page:{" "}
        {isOneFile ? (
          "the README"
        ) : (
          <a href="readme.txt" target="_blank" rel="noreferrer">
            the README
          </a>
        )}
        .
      </p>
      <p className="help-note">
        The rules are those of the extended Raft paper (Ongaro and Ousterhout, 2014). Section signs such as §5.4.1 refer
        to it.
      </p>
    </>
  );
}

function Group({ group, about }: { readonly group: string; readonly about: string }) {
  const rows = actionRows.filter((row) => row.group === group && row.hotkey !== undefined && row.id !== "palette");
  return (
    <section className="help-group">
      <h3 className="help-heading">{group}</h3>
      {about !== "" && <p className="help-about">{about}</p>}
      <dl>
        {rows.map((row) => (
          <KeyLine
            key={row.id}
            hotkey={row.hotkey ?? ""}
            {...(row.alias === undefined ? {} : { alias: row.alias })}
            text={rowText(row)}
          />
        ))}
      </dl>
    </section>
  );
}

function rowText(row: ActionRow): string {
  return row.about ?? (typeof row.label === "string" ? row.label.replace(" …", "") : row.id);
}

function KeyLine({ hotkey, alias, text }: { hotkey: string; alias?: string; text: string }) {
  return (
    <div className="help-line">
      <dt>
        <KeyRow hotkey={hotkey} />
        {alias !== undefined && <KeyRow hotkey={alias} />}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

function KeyRow({ hotkey }: { readonly hotkey: string }) {
  return (
    <span className="help-keys">
      {hotkeyParts(hotkey).map((part) => (
        <kbd key={part} className="ui-key">
          {part}
        </kbd>
      ))}
    </span>
  );
}
