import { create } from "zustand";
import type { Act } from "../world/acts.ts";
import type { LabCommands, LabState } from "./lab.ts";
import { leaderNow } from "./membership.ts";
import { pageStorage } from "./page.ts";

/** What a newcomer tries, in the order in which it is worth trying. */
export const deeds = ["crash", "write", "cut", "heal", "rewind", "open"] as const;
export type Deed = (typeof deeds)[number];

export interface Deeds {
  /** What has been done on this device. */
  readonly done: readonly Deed[];
  /** Somebody else's moment is shown, and the reader has done nothing in it. */
  readonly theirs: boolean;
}

export const useDeeds = create<Deeds>(() => ({ done: [], theirs: false }));

const key = "driftwood-done";

/** From before, at the start of the page; `theirs`: it opens what an address asks for. */
export function recallDeeds(theirs: boolean): void {
  const kept = (pageStorage.getItem(key) ?? "").split(" ");
  useDeeds.setState({ theirs, done: deeds.filter((deed) => kept.includes(deed)) });
}

function note(deed: Deed): void {
  const { done } = useDeeds.getState();
  if (done.includes(deed)) return;
  useDeeds.setState({ done: [...done, deed] });
  pageStorage.setItem(key, [...done, deed].join(" "));
}

/** The same commands, and what newcomers try is noted. */
export function notingDeeds(commands: LabCommands, state: () => LabState): LabCommands {
  return {
    ...commands,
    act(act) {
      useDeeds.setState({ theirs: false });
      const deed = deedOf(act, state());
      if (deed !== null) note(deed);
      commands.act(act);
    },
    seek(to) {
      if (to < (state().frame?.position.at ?? 0)) note("rewind");
      commands.seek(to);
    },
    step(direction) {
      if (direction < 0) note("rewind");
      commands.step(direction);
    },
    open(source) {
      useDeeds.setState({ theirs: source.from === "link" });
      if (source.from === "preset" && source.id !== state().info?.preset) note("open");
      commands.open(source);
    },
  };
}

function deedOf(act: Act, { frame }: LabState): Deed | null {
  switch (act.do) {
    case "crash":
      return frame !== null && leaderNow(frame)?.id === act.server ? "crash" : null;
    case "request":
      return "write";
    case "partition":
    case "cut":
      return "cut";
    case "heal":
    case "mend":
      return "heal";
    default:
      return null;
  }
}
