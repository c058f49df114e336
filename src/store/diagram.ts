import { create } from "zustand";

/** Focus: only what is lit. Context: the rest is faded. All: nothing is. */
export type Density = "focus" | "context" | "all";

export interface Choices {
  readonly density: Density;
  readonly clients: boolean;
  readonly disks: boolean;
}

/** How the diagram is shown: as long as the page is there, also while another pane is. */
export const useChoices = create<Choices>(() => ({ density: "context", clients: false, disks: false }));
