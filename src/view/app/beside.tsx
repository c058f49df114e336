import type { ReactNode } from "react";
import { useLab } from "../../store/use-lab.ts";
import { Pane } from "./pane.tsx";

/** What has nothing to show, and nothing to ask the engine, before the run is there. */
export function Beside({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const running = useLab((state) => state.status !== "starting");
  if (!running) return <div className="app-beside" />;
  return <Pane name={name}>{children}</Pane>;
}
