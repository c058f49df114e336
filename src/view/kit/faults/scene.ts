import type { GroupId, ServerId } from "../../../base/units.ts";
import { twoGroups } from "../../../store/actions/cluster.ts";
import type { LabState } from "../../../store/lab.ts";
import type { FaultTarget } from "../../../store/page.ts";
import type { DirectedLink } from "../../../world/state/messages.ts";

/** What of the run the first values are taken from. */
export interface Scene {
  readonly servers: readonly ServerId[];
  readonly server: ServerId;
  readonly link: DirectedLink | null;
  readonly groups: readonly (readonly ServerId[])[];
  /** Raft groups over the machines, and the one that is shown. */
  readonly raftGroups: number;
  readonly raftGroup: GroupId;
}

/** What a form starts from: what was picked, else the leader. */
export function sceneOf({ frame, selection }: LabState, target: FaultTarget): Scene {
  const picked = target ?? selection;
  const servers = frame?.servers ?? [];
  const leader = servers.find(({ role, status }) => role === "leader" && status === "up") ?? servers[0];
  return {
    servers: servers.map(({ id }) => id),
    server: picked?.kind === "server" ? picked.id : (leader?.id ?? 1),
    link: picked?.kind === "link" ? picked.link : null,
    groups: frame === null ? [] : twoGroups(frame),
    raftGroups: frame?.groupCount ?? 1,
    raftGroup: frame?.group ?? 1,
  };
}
