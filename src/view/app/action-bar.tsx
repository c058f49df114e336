import type { LucideIcon } from "lucide-react";
import { Command, Lightbulb, Link2, PenLine, Power, Split, Unplug, X } from "lucide-react";
import type { LabState, Selection } from "../../store/lab.ts";
import { page } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { hintText, useHint } from "./hint.ts";
import { hotkeyParts } from "./keys.ts";
import { useAction } from "./use-action.ts";
import "./action-bar.css";

/** The server that "crash" means: the selected one, or the leader, or the first. */
function subject(state: LabState): Selection {
  if (state.selection?.kind === "server") return state.selection;
  const servers = state.frame?.servers ?? [];
  const leaders = servers.filter((s) => s.role === "leader" && s.status === "up").sort((a, b) => b.term - a.term);
  const server = leaders[0] ?? servers[0];
  return server === undefined ? null : { kind: "server", id: server.id };
}

/** The usual ways to stir the cluster, in words, on a strip of their own under the picture. */
export function ActionBar({ hint }: { readonly hint: boolean }) {
  const cut = useLab((state) => (state.frame?.cuts.length ?? 0) > 0);
  return (
    <div className="bar-strip" role="toolbar" aria-label="Act on the cluster">
      <BarButton id="request" icon={PenLine} label="Write" />
      <BarButton id="crash" icon={Power} on={subject} />
      <BarButton id="isolate" icon={Unplug} on={subject} />
      {cut ? (
        <BarButton id="heal" icon={Link2} label="Heal" />
      ) : (
        <BarButton id="partition" icon={Split} label="Partition" />
      )}
      <button
        type="button"
        className="ui-button ui-quiet bar-button"
        aria-haspopup="dialog"
        onClick={() => page.openDialog("palette")}
      >
        <Command size={15} strokeWidth={1.8} aria-hidden="true" />
        More
      </button>
      {hint && <Hint />}
    </div>
  );
}

interface ButtonProps {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label?: string;
  readonly on?: (state: LabState) => Selection;
}

function BarButton({ id, icon: Icon, label, on }: ButtonProps) {
  const item = useAction(id, on);
  const key = item?.hotkey === undefined ? "" : ` (${hotkeyParts(item.hotkey).join("+")})`;
  return (
    <button
      type="button"
      className="ui-button ui-quiet bar-button"
      disabled={!item?.enabled}
      title={
        item === undefined ? undefined : `${item.label}${key}${item.disabledReason ? `: ${item.disabledReason}` : ""}`
      }
      onClick={item?.run}
    >
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span className="bar-label">{label ?? item?.label ?? "…"}</span>
    </button>
  );
}

function Hint() {
  const hint = useHint();
  if (!hint) return null;
  return (
    <p className="bar-hint">
      <Lightbulb size={15} strokeWidth={1.8} aria-hidden="true" />
      {hintText}
      <button type="button" className="ui-icon-button" aria-label="Dismiss the hint" onClick={page.dismissHint}>
        <X size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </p>
  );
}
