import { Search } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { type BugName, breakRules, needsText, type ShownBug, shownBugs } from "../../store/bugs.ts";
import { page, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { search } from "../../store/use-search.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { citation } from "../kit/words/words.ts";
import "./bugs.css";

/** Every rule that can be switched off: what it changes, which property falls, how few servers show it. */
export function Bugs() {
  const on = useLab((state) => state.info?.bugs);
  const [chosen, setChosen] = useState<readonly string[]>(() => on?.map(({ name }) => name) ?? []);
  const [words, setWords] = useState(() => usePage.getState().rule);
  const groups = useMemo(() => matching(words), [words]);
  const field = useRef<HTMLInputElement>(null);
  const toggle = (name: string): void =>
    setChosen((old) => (old.includes(name) ? old.filter((other) => other !== name) : [...old, name]));
  return (
    <DialogFrame
      title="Break Raft"
      about="Each switch replaces one rule by a mistake that people have made. Every property stays watched: see which one falls."
      size="large"
      focus={field}
    >
      <div className="bugs-search">
        <Search size={16} strokeWidth={1.8} aria-hidden="true" />
        <input
          ref={field}
          className="bugs-words"
          aria-label="Find a rule"
          placeholder="vote, commit, membership, §5.4.2 …"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {groups.length === 0 && <p className="bugs-none">No rule is called that.</p>}
      {groups.map(({ title, bugs }) => (
        <section key={title} className="bugs-group">
          <h3 className="ui-heading">{title}</h3>
          <ul className="bugs-list">
            {bugs.map((bug) => (
              <BugRow key={bug.name} bug={bug} on={chosen.includes(bug.name)} toggle={toggle} />
            ))}
          </ul>
        </section>
      ))}
      <Doing chosen={chosen} />
    </DialogFrame>
  );
}

/** Every word must occur somewhere in what is said of a bug. */
function matching(words: string): typeof shownBugs {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (bug: ShownBug): boolean => {
    const said = [bug.name, bug.title, bug.changed, bug.effect, bug.section, ...bug.breaks].join(" ").toLowerCase();
    return wanted.every((word) => said.includes(word));
  };
  return shownBugs.map(({ title, bugs }) => ({ title, bugs: bugs.filter(fits) })).filter(({ bugs }) => bugs.length > 0);
}

interface RowProps {
  readonly bug: ShownBug;
  readonly on: boolean;
  toggle(name: string): void;
}

function BugRow({ bug, on, toggle }: RowProps) {
  const { name, title, changed, effect, breaks, servers, section } = bug;
  const needs = needsText(bug);
  return (
    <li>
      <label className="bugs-row" data-on={on || undefined}>
        <input type="checkbox" checked={on} onChange={() => toggle(name)} aria-describedby={`bug-${name}`} />
        <span className="bugs-title">{title}</span>
        <span className="bugs-about" id={`bug-${name}`}>
          {changed} {effect}
        </span>
        <span className="bugs-facts">
          <span className={breaks.length === 0 ? undefined : "bugs-breaks"}>
            {breaks.length === 0 ? "nothing falls" : breaks.join(", ")}
          </span>
          <span>{servers === 1 ? "1 server" : `${servers} servers`}</span>
          <span>{citation(section)}</span>
          {needs === "" ? null : <span>also sets {needs}</span>}
        </span>
      </label>
    </li>
  );
}

function find(bugs: readonly string[]): void {
  search.start({ bugs, servers: 0 });
  page.openDialog("search");
}

/** What becomes of the choice: always a run that says what it is. */
function Doing({ chosen }: { readonly chosen: readonly string[] }) {
  const before = useLab((state) => state.info?.bugs.map(({ name }) => name).join() ?? "");
  const same = chosen.join() === before;
  const fresh = (): void => {
    page.closeDialog();
    void breakRules(chosen as readonly BugName[]);
  };
  const count = chosen.length === 1 ? "1 rule off" : `${chosen.length} rules off`;
  return (
    <div className="bugs-doing">
      <span className="bugs-count" role="status">
        {chosen.length === 0 ? "Every rule on" : count}
      </span>
      <button type="button" className="ui-button" disabled={chosen.length === 0} onClick={() => find(chosen)}>
        Find a counterexample
      </button>
      <button type="button" className="ui-button" disabled={chosen.length === 0} onClick={fresh}>
        Open a fresh run
      </button>
      <button
        type="button"
        className="ui-button ui-dark"
        disabled={same}
        onClick={() => page.openAgain({ bugs: chosen })}
      >
        Run these acts again
      </button>
    </div>
  );
}
