import { useStore } from "zustand";
import { page, usePage } from "./page.ts";
import { createSearch, type SearchState } from "./search.ts";
import { spawnSearch } from "./spawn.ts";
import { lab, session } from "./use-lab.ts";

/** The page's one search. It goes on while its dialog is closed, and says so when it ends. */
const { store, commands } = createSearch(spawnSearch, (state) => {
  if (usePage.getState().dialog !== "search") session.notify(endWords(state));
});

export const search = commands;
export const useSearch = <T>(selector: (state: SearchState) => T): T => useStore(store, selector);

function endWords({ status, found }: SearchState): string {
  if (status === "found") return `A counterexample to ${found?.property} was found: press Shift+B to see it.`;
  return status === "failed" ? "The search has failed." : "The search has found nothing: press Shift+B.";
}

/** The story that was found, as the run on the page, at its first step. */
export function openFound(): void {
  const { found } = store.getState();
  if (found === null) return;
  page.closeDialog();
  lab.open({ from: "file", text: found.recording });
}
