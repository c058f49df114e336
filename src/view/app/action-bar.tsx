import { Command } from "lucide-react";
import { page } from "../../store/page.ts";
import { useActs } from "./acts.ts";
import { BarFace } from "./bar-face.tsx";
import { useAfter } from "./use-after.ts";
import "./action-bar.css";

/** The usual ways to stir the cluster, in words, on a strip of their own under the picture. */
export function ActionBar({ hint }: { readonly hint: boolean }) {
  const acts = useActs();
  const { BarButton: Button = BarFace, Hint } = useAfter() ?? {};
  return (
    <div className="bar-strip" role="toolbar" aria-label="Act on the cluster">
      {acts.map((item) => (
        <Button key={item.id} item={item} />
      ))}
      <button
        type="button"
        className="ui-button ui-quiet bar-button"
        aria-haspopup="dialog"
        title="Find an action"
        onClick={() => page.openDialog("palette")}
      >
        <Command size={15} strokeWidth={1.8} aria-hidden="true" />
        <span className="bar-more">Commands</span>
      </button>
      {hint && Hint !== undefined && <Hint className="bar-hint" />}
    </div>
  );
}
