import { PenLine, Send, SquareTerminal, Waves } from "lucide-react";
import { nextPut } from "../group.ts";
import { page } from "../page.ts";
import { lab } from "../use-lab.ts";
import { noRun, rowsOn } from "./row.ts";

export const clientRows = rowsOn<null>("page", [
  {
    id: "request",
    label: "Send a client’s write",
    group: "Client",
    hotkey: "r",
    icon: Send,
    refuse: noRun,
    run: (_, s) => lab.act({ do: "request", operation: nextPut(s) }),
  },
  {
    id: "request-form",
    label: "Write, read or delete a key …",
    group: "Client",
    hotkey: "q",
    icon: PenLine,
    refuse: noRun,
    run: () => page.openDialog("request"),
  },
  {
    id: "console",
    label: "Type a client’s command …",
    group: "Client",
    hotkey: "/",
    icon: SquareTerminal,
    refuse: noRun,
    run: () => page.openConsole(),
  },
  {
    id: "load",
    label: (_, s) =>
      s.frame !== null && s.frame.loadPerSecond > 0
        ? "Stop the clients’ load"
        : "Let the client write 20 times a second",
    about: "Start or stop 20 writes a second",
    group: "Client",
    hotkey: "l",
    icon: Waves,
    refuse: noRun,
    run: (_, s) => lab.act({ do: "load", perSecond: s.frame !== null && s.frame.loadPerSecond > 0 ? 0 : 20 }),
  },
  {
    id: "load-form",
    label: (_, s) => (s.frame !== null && s.frame.loadPerSecond > 0 ? "Change the clients’ load …" : "Start a load …"),
    about: "Let several clients ask by themselves",
    group: "Client",
    icon: Waves,
    refuse: noRun,
    run: () => page.openDialog("load"),
  },
]);
