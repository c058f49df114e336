import type { LucideIcon } from "lucide-react";
import type { ServerId } from "../../base/units.ts";
import type { LabState } from "../lab.ts";
import { nameOf } from "../server-names.ts";

export type ActionGroup =
  | "Time"
  | "Jump"
  | "Server"
  /** What an operator asks of servers: snapshots, leadership, membership. */
  | "Operations"
  | "Message"
  | "Link"
  | "Cluster"
  | "Client"
  | "Run"
  | "Page"
  | "Select";

/** What an action needs to be selected; `page` actions are always there. */
type On = "page" | "server" | "message" | "link";

/**
 * A row of the table. `T` is what it works on. A label may depend on the moment; `refuse` says why it cannot be done
 * now, or null. `hotkey` is unique in the whole table.
 */
export interface Row<T> {
  readonly id: string;
  readonly label: string | ((target: T, state: LabState) => string);
  /** What the key sheet says; needed where `label` depends on the moment. */
  readonly about?: string;
  readonly group: ActionGroup;
  readonly hotkey?: string;
  /** A second key for the same, not shown in menus. */
  readonly alias?: string;
  readonly icon: LucideIcon;
  /** Whether it makes sense for this target at all; where it does not, menus leave it out. */
  readonly offered?: (target: T, state: LabState) => boolean;
  readonly refuse?: (target: T, state: LabState) => string | null;
  readonly run: (target: T, state: LabState) => void;
}

/** A row with its target's kind. */
export interface ActionRow extends Row<never> {
  readonly on: On;
}

export const noRun = (_: unknown, state: LabState) => (state.frame === null ? "the engine is starting" : null);
export const serverName = (id: ServerId): string => (id === 0 ? "the client" : nameOf(id));

/** A group's rows, each with the kind of target that it works on. */
export function rowsOn<T>(on: On, list: readonly Row<T>[]): readonly ActionRow[] {
  return list.map((row) => ({ ...(row as unknown as Row<never>), on }));
}
