import { HeartPulse, Pause, Power, Send, Timer, Unplug } from "lucide-react";
import type { ServerView } from "../../worker/protocol/server.ts";
import { groupShown, nextPut } from "../group.ts";
import type { LabState } from "../lab.ts";
import { lab } from "../use-lab.ts";
import { isCut, linksOf } from "./links.ts";
import { rowsOn, serverName } from "./row.ts";

const isDown = (server: ServerView) => (server.status === "down" ? "it is down" : null);
export const isNotUp = (server: ServerView) => (server.status === "up" ? null : `it is ${server.status}`);

const isIsolated = (server: ServerView, state: LabState) =>
  state.frame !== null && linksOf(server.id, state.frame).every((link) => isCut(state.frame!, link));

function isolateOrReconnect(server: ServerView, state: LabState): void {
  if (state.frame === null) return;
  lab.act({ do: isIsolated(server, state) ? "mend" : "cut", links: linksOf(server.id, state.frame) });
}

export const serverRows = rowsOn<ServerView>("server", [
  {
    id: "crash",
    label: (s) => (s.status === "down" ? `Restart ${serverName(s.id)}` : `Crash ${serverName(s.id)}`),
    about: "Crash or restart it",
    group: "Server",
    hotkey: "c",
    icon: Power,
    run: (s) => lab.act({ do: s.status === "down" ? "restart" : "crash", server: s.id }),
  },
  {
    id: "pause-process",
    label: (s) =>
      s.status === "paused" ? `Resume ${serverName(s.id)}` : `Pause ${serverName(s.id)} (as in a long GC)`,
    about: "Pause or resume its process",
    group: "Server",
    hotkey: "p",
    icon: Pause,
    refuse: isDown,
    run: (s) => lab.act({ do: s.status === "paused" ? "resume" : "pause", server: s.id }),
  },
  {
    id: "timeout",
    label: (s) => `Fire ${serverName(s.id)}’s election timer`,
    about: "Fire its election timer",
    group: "Server",
    hotkey: "t",
    icon: Timer,
    refuse: (s) => isNotUp(s) ?? (s.role === "leader" ? "a leader has no election timer" : null),
    run: (s, state) => lab.act({ do: "timeout", server: s.id, ...groupShown(state) }),
  },
  {
    id: "heartbeat",
    label: (s) => `Let ${serverName(s.id)} send heartbeats`,
    about: "Let it send heartbeats (leader)",
    group: "Server",
    hotkey: "h",
    icon: HeartPulse,
    refuse: (s) => isNotUp(s) ?? (s.role === "leader" ? null : "only a leader sends heartbeats"),
    run: (s, state) => lab.act({ do: "heartbeat", server: s.id, ...groupShown(state) }),
  },
  {
    id: "isolate",
    label: (s, state) => (isIsolated(s, state) ? `Reconnect ${serverName(s.id)}` : `Isolate ${serverName(s.id)}`),
    about: "Isolate or reconnect it",
    group: "Server",
    hotkey: "i",
    icon: Unplug,
    refuse: (_, state) => (state.frame !== null && state.frame.servers.length > 1 ? null : "it is alone"),
    run: isolateOrReconnect,
  },
  {
    id: "request-at",
    label: (s) => `Send a client’s write to ${serverName(s.id)}`,
    about: "Send it a client’s write",
    group: "Server",
    hotkey: "Shift+R",
    icon: Send,
    run: (s, state) => lab.act({ do: "request", operation: nextPut(state), server: s.id }),
  },
]);
