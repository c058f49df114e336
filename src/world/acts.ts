import type { ClientId, GroupId, Micros, ServerId } from "../base/units.ts";
import type { SingleChange, Transition } from "../raft/configuration.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { FaultAct, FaultName } from "./faults/index.ts";
import type { LoadOrder } from "./state/clients.ts";
import type { KvOperation, ReadMode } from "./state/commands.ts";
import type { DirectedLink, MessageRef } from "./state/messages.ts";
import type { DiskSettings, LinkSettings, NetworkMode } from "./state/setup.ts";

/** Acts on one group's Raft; without a group, on group 1. */
interface InGroup {
  readonly group?: GroupId;
}

/** What can be done: faults and what repairs them (`faults/`), and what operators, clients and timers do. */
export type Act =
  | FaultAct
  | NemesisAct
  /** One nemesis gives up, or all of them. What they have done ends in its own time. */
  | { readonly do: "calm"; readonly id?: number }
  /** `timeout`: its election timer fires now. `heartbeat`: its heartbeat timer fires now. */
  | ({ readonly do: "timeout" | "heartbeat"; readonly server: ServerId } & InGroup)
  /** Sets how long the server's election timer still has to run. */
  | ({ readonly do: "timer"; readonly server: ServerId; readonly left: Micros } & InGroup)
  /** Makes a snapshot of what is applied and discards the log before it (§7). */
  | ({ readonly do: "compact"; readonly server: ServerId } & InGroup)
  /** Asks a server that `to` shall lead (D §3.10). */
  | ({ readonly do: "transfer"; readonly server: ServerId; readonly to: ServerId } & InGroup)
  /** Proposes a change of membership at a server (§6). No changes: leave the joint configuration. */
  | ({
      readonly do: "members";
      readonly server: ServerId;
      readonly changes: readonly SingleChange[];
      readonly transition: Transition;
    } & InGroup)
  /** A follower forgets its leader, so that it may vote for another at once. */
  | ({ readonly do: "forget"; readonly server: ServerId } & InGroup)
  /**
   * A client's request to the group that keeps the key; without `client` C1's. Without `server` the client asks the
   * leader it last heard of. `read`: how a get is served, otherwise as the options say.
   */
  | {
      readonly do: "request";
      readonly operation: KvOperation;
      readonly server?: ServerId;
      readonly client?: ClientId;
      readonly read?: ReadMode;
    }
  | ({ readonly do: "load" } & LoadOrder)
  | { readonly do: "deliver" | "drop" | "duplicate"; readonly message: MessageRef }
  | { readonly do: "delay"; readonly message: MessageRef; readonly by: Micros }
  | {
      readonly do: "network";
      readonly mode?: NetworkMode;
      readonly link?: LinkSettings;
      readonly links?: readonly DirectedLink[];
    }
  /** From here on chance falls as in runs with that seed: what was drawn before stays. */
  | { readonly do: "reseed"; readonly seed: number }
  | { readonly do: "disk"; readonly disk: DiskSettings; readonly server?: ServerId }
  /** Other values of these options for that server, or for all. When each takes them: `raft/reload.ts`. */
  | { readonly do: "options"; readonly options: Partial<RaftOptions>; readonly server?: ServerId };

/**
 * A fault that comes again and again: every so often, drawn from `every`, with the parameters that are `given` and
 * others by chance. `for`: how long each lasts, where the fault has an end.
 */
export interface NemesisAct {
  readonly do: "nemesis";
  /** From 1 on; a nemesis takes the place of one with the same number. Its random stream is its own. */
  readonly id: number;
  readonly fault: FaultName;
  readonly every: readonly [least: Micros, most: Micros];
  readonly for?: readonly [least: Micros, most: Micros];
  /** It hits whoever leads when it strikes, or the links of that server: with several groups, of one by chance. */
  readonly aim?: "leader";
  /** Fields of the fault's act. */
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * A recorded act. It takes effect at `at` after every event of that instant, or, where `order` is given, after
 * exactly that many events of that instant: the user may stop and act between two simultaneous events.
 */
export interface Action {
  readonly at: Micros;
  readonly order?: number;
  readonly act: Act;
}
