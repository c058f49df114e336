import { useEffect } from "react";
import { page, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";

export const hintText = "Try it: select a server and crash it.";

/** Done with as soon as a server is down: the reader has found out. */
export function useHint(): boolean {
  const hint = usePage((state) => state.hint);
  const down = useLab((state) => state.frame?.servers.some((server) => server.status === "down") ?? false);
  useEffect(() => {
    if (hint && down) page.dismissHint();
  }, [hint, down]);
  return hint;
}
