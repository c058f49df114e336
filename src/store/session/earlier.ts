import type { StoreApi } from "zustand/vanilla";
import type { Source } from "../../worker/protocol/requests.ts";
import type { LabState } from "../lab.ts";
import type { Autosave } from "./autosave.ts";

export interface Earlier {
  /** Asks whether the run that is left from before, if there is one, shall come back. */
  offer(autosave: Autosave): Promise<void>;
  /** Takes it without asking. Null: there is none. */
  take(autosave: Autosave): Promise<Source | null>;
  /** What the user said. Null: it shall not. */
  answered(accepted: boolean): Source | null;
  isIt(source: Source): boolean;
}

/** The run that the last page left in storage. */
export function createEarlier(store: StoreApi<LabState>): Earlier {
  let text: string | null = null;
  const asSource = (): Source | null => (text === null ? null : { from: "file", text });
  return {
    async offer(autosave) {
      const saved = await autosave.load();
      if (saved === null) return;
      text = saved.text;
      store.setState({ offer: { title: saved.title, savedAt: saved.savedAt } });
    },
    async take(autosave) {
      text = (await autosave.load())?.text ?? null;
      return asSource();
    },
    answered(accepted) {
      store.setState({ offer: null });
      return accepted ? asSource() : null;
    },
    isIt: (source) => source.from === "file" && source.text === text,
  };
}
