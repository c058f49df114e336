import type { ReactElement } from "react";
import { page } from "../../store/page.ts";
import { usePanelLab } from "../../store/use-lab.ts";

/** Where something was done in the run: that it can be changed. */
export function ActsLink(): ReactElement | null {
  const there = usePanelLab("inspector", ({ timeline }) => timeline?.marks.some(isAct) ?? false);
  if (!there) return null;
  return (
    <p>
      <button type="button" className="ui-link" onClick={() => page.openActs(null)}>
        Change what was done in this run
      </button>
    </p>
  );
}

const isAct = ({ act }: { readonly act?: number }): boolean => act !== undefined;
