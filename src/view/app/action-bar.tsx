import { Command, Lightbulb, Link2, PenLine, Power, Split, Unplug, X } from "lucide-react";
import { page } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { useLater } from "../kit/use-later.ts";
import { BarFace, type BarItem } from "./bar-face.tsx";
import { hintText, useHint } from "./hint.ts";
import "./action-bar.css";

const write: BarItem = { id: "request", icon: PenLine, label: "Write" };
const crash: BarItem = { id: "crash", icon: Power, onSubject: true };
const isolate: BarItem = { id: "isolate", icon: Unplug, onSubject: true };
const heal: BarItem = { id: "heal", icon: Link2, label: "Heal" };
const partition: BarItem = { id: "partition", icon: Split, label: "Partition" };

const loadButton = () => import("./bar-button.tsx");

/** The usual ways to stir the cluster, in words, on a strip of their own under the picture. */
export function ActionBar({ hint }: { readonly hint: boolean }) {
  const cut = useLab((state) => (state.frame?.cuts.length ?? 0) > 0);
  const Button = useLater("buttons under the picture", loadButton)?.BarButton ?? BarFace;
  return (
    <div className="bar-strip" role="toolbar" aria-label="Act on the cluster">
      <Button item={write} />
      <Button item={crash} />
      <Button item={isolate} />
      <Button item={cut ? heal : partition} />
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
