import { useEffect } from "react";
import type { LabState } from "../../store/lab.ts";
import { lab, useLab } from "../../store/use-lab.ts";

/** What has just happened to the run, for some seconds; undefined: nothing. */
export function useNotice(): LabState["notices"][number] | undefined {
  const notice = useLab((state) => state.notices.at(-1));
  useEffect(() => {
    if (notice === undefined) return;
    const shownFor = notice.tone === "error" ? 15_000 : 6000;
    const timer = setTimeout(() => lab.dismissNotice(notice.id), shownFor);
    return () => clearTimeout(timer);
  }, [notice]);
  return notice;
}
