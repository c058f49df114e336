import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import type { Armed, Corruption, DiskTrouble } from "../state/machine.ts";
import type { DirectedLink, Overlay } from "../state/messages.ts";
import type { WorldState } from "../state/state.ts";
import type { Parameters } from "./parameters.ts";

/** What a fault may ask the engine for. Links and clocks are plain data: a fault changes them itself. */
export interface Hands {
  crash(server: ServerId): void;
  /** Crashes it at its next write. */
  arm(server: ServerId, armed: Armed): void;
  /** Starts a server that is down, if its disk allows it. */
  restart(server: ServerId): void;
  pause(server: ServerId): void;
  resume(server: ServerId): void;
  /** The disk's trouble from now on; null: it works again, and whoever had stopped because of it starts again. */
  trouble(server: ServerId, trouble: DiskTrouble | null): void;
  /** In the place of an entry that was corrupt before, whosever it was. null: the entry is as it was. */
  corrupt(server: ServerId, corruption: Corruption | null, group?: GroupId): void;
  /** Stops one nemesis, or all. */
  calm(id?: number): void;
}

/**
 * What a fault lies on. A newer fault on the same target takes the older one's place, and its end with it: the last
 * word on a target counts.
 */
export type Target =
  | { readonly on: "process" | "disk" | "entry" | "clock"; readonly server: ServerId }
  | { readonly on: "link" | keyof Overlay; readonly link: DirectedLink };

/** A whole number from 0 to max - 1. */
export type Roll = (max: number) => number;

interface AnyAct {
  readonly do: string;
  readonly for?: Micros;
}

export type FaultGroup = "Process" | "Disk" | "Clock" | "Links" | "Network" | "Repair";

/**
 * One fault: everything that the engine, the file format, the words, the menus and chance need to know. One file each
 * in this folder, and a line in the table (`index.ts`). `A` is the act that does it; its fields are `parameters`.
 */
export interface Fault<A extends AnyAct> {
  readonly name: A["do"];
  /** A few words for a menu. */
  readonly title: string;
  /** What happens, in one sentence. */
  readonly text: string;
  /** What it tests: "§5.2", "D 10.2.1", "" if the paper says nothing of it. */
  readonly section: string;
  readonly group: FaultGroup;
  readonly parameters: Parameters;
  /** Whether Raft promises safety under it. Where it does not, the run is marked once something is lost. */
  readonly inModel: boolean;
  /** Why such parameters make no sense, whatever the world; null if they do. Beside what `parameters` says. */
  wrong?(act: A): string | null;
  /** Why it cannot be done now, in a sentence; null if it can. */
  refuse(world: WorldState, act: A): string | null;
  /** What it takes hold of, and what ends with it. */
  targets(world: WorldState, act: A): readonly Target[];
  perform(world: WorldState, act: A, hands: Hands): void;
  /** As a short order: "crash S1 for 1.2 s". */
  words(act: A): string;
  /** The act that undoes it before its time; null if nothing does, or nothing needs to. */
  undo(act: A): { readonly do: string } | null;
  /** Parameters by chance, such that it ends by itself where it can; null if nothing fits now. */
  random(world: WorldState, roll: Roll): A | null;
  /** Where it does not end `for` after it began. */
  lasts?(act: A): Micros | null;
  /** A fault that goes on in turns: how long turn `count` takes, and what it does (turn 0 is `perform`). */
  readonly turns?: {
    span(act: A, count: number): Micros;
    take(world: WorldState, act: A, count: number, targets: readonly Target[]): void;
  };
}
