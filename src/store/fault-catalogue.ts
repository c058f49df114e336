import { useEffect, useState } from "react";
import type { Catalogue, FaultView } from "../worker/protocol/faults.ts";
import { faultCatalogue } from "./use-lab.ts";

/** It is the same in every run. */
let known: Catalogue | null = null;

/** Every fault that there is; null until the worker has told. */
export const useCatalogue = (): readonly FaultView[] | null => useKnown()?.faults ?? null;

/** That, the sets of nemeses, and their limit. */
export function useKnown(): Catalogue | null {
  const [catalogue, setCatalogue] = useState(known);
  useEffect(() => {
    if (known !== null) return;
    let wanted = true;
    void faultCatalogue().then((told) => {
      known ??= told;
      if (wanted) setCatalogue(known);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return catalogue;
}

/** Faults to begin with, without what repairs them. */
export const harmful = (catalogue: readonly FaultView[]): readonly FaultView[] =>
  catalogue.filter(({ group }) => group !== "Repair");

/** Those that a menu of this thing offers. */
export function fitting(catalogue: readonly FaultView[], on: "server" | "link"): readonly FaultView[] {
  const wanted = on === "server" ? ["server", "servers"] : ["links"];
  return harmful(catalogue).filter(({ parameters }) => Object.values(parameters).some(({ is }) => wanted.includes(is)));
}
