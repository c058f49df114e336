import type { ActionGroup, ActionRow } from "../../store/actions/row.ts";
import { actionRows } from "../../store/actions/table.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { hotkeyParts } from "../kit/keys.ts";
import "./help.css";

const groups: readonly ActionGroup[] = [
  "Time",
  "Jump",
  "Server",
  "Operations",
  "Client",
  "Cluster",
  "Message",
  "Link",
  "Run",
  "Page",
];
const about: Readonly<Partial<Record<ActionGroup, string>>> = {
  Server: "The selected one: press its digit or click it.",
  Operations: "On the selected server. Its menu has changes of membership too.",
  Message: "The selected one: pause, then click it.",
  Link: "The selected one: click the line.",
};

/** The key sheet, made from the action table. */
export function Help() {
  return (
    <DialogFrame
      title="Keys"
      about="Everything that buttons and menus do has a key, or is one search away (first line)."
      size="large"
      reading
    >
      <dl className="help-first">
        <KeyLine hotkey="$mod+K" text="Find any action by its name" />
        <KeyLine hotkey="1" text="Select S1, and so on to 9" />
        <KeyLine hotkey="Escape" text="Select nothing" />
      </dl>
      <div className="help-groups">
        {groups.map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
      <p className="help-note">
        The rules are those of the extended Raft paper (Ongaro and Ousterhout, 2014). Section signs such as §5.4.1 refer
        to it.
      </p>
    </DialogFrame>
  );
}

function Group({ group }: { readonly group: ActionGroup }) {
  const rows = actionRows.filter((row) => row.group === group && row.hotkey !== undefined && row.id !== "palette");
  return (
    <section className="help-group">
      <h3 className="help-heading">{group}</h3>
      {about[group] !== undefined && <p className="help-about">{about[group]}</p>}
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
        <Keys hotkey={hotkey} />
        {alias !== undefined && <Keys hotkey={alias} />}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

function Keys({ hotkey }: { readonly hotkey: string }) {
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
