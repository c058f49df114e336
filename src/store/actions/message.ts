import { Clock, Copy, Trash2, Zap } from "lucide-react";
import type { MessageView } from "../../worker/protocol/message.ts";
import { lab } from "../use-lab.ts";
import { rowsOn } from "./row.ts";

const isLost = (m: MessageView) => (m.lost === null ? null : "it is being lost");

export const messageRows = rowsOn<MessageView>("message", [
  {
    id: "deliver",
    label: "Deliver now",
    group: "Message",
    hotkey: "d",
    icon: Zap,
    refuse: isLost,
    run: (m) => lab.act({ do: "deliver", message: m.ref }),
  },
  {
    id: "delay",
    label: "Delay by 50 ms",
    group: "Message",
    hotkey: "w",
    icon: Clock,
    refuse: isLost,
    run: (m) => lab.act({ do: "delay", message: m.ref, by: 50_000 }),
  },
  {
    id: "duplicate",
    label: "Duplicate",
    group: "Message",
    hotkey: "u",
    icon: Copy,
    refuse: isLost,
    run: (m) => lab.act({ do: "duplicate", message: m.ref }),
  },
  {
    id: "drop",
    label: "Drop",
    group: "Message",
    hotkey: "Delete",
    alias: "Backspace",
    icon: Trash2,
    refuse: isLost,
    run: (m) => lab.act({ do: "drop", message: m.ref }),
  },
]);
