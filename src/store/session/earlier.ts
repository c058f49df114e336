import type { StoreApi } from "zustand/vanilla";
import type { Source } from "../../worker/protocol/requests.ts";
import type { LabState, Offer } from "../lab.ts";
import type { Autosave } from "./autosave.ts";

export interface Earlier {
  /** Asks whether the run that is left from before, if there is one, shall come back. `noted`: what is known of it unread. */
  offer(autosave: Autosave, noted: Offer | null): Promise<void>;
  /** Takes it without asking. Null: there is none. */
  take(autosave: Autosave): Promise<Source | null>;
  /** What the user said. Null: it shall not. */
  answered(accepted: boolean): Promise<Source | null>;
  isIt(source: Source): boolean;
}

/** The run that the last page left in storage. */
export function createEarlier(store: StoreApi<LabState>): Earlier {
  let text: string | null = null;
  const asSource = (): Source | null => (text === null ? null : { from: "file", text });
  let reading: Promise<void> | null = null;

  async function read(autosave: Autosave): Promise<void> {
    const saved = await autosave.load();
    text = saved?.text ?? null;
    store.setState({ offer: saved === null ? null : { title: saved.title, savedAt: saved.savedAt } });
  }

  return {
    offer(autosave, noted) {
      store.setState({ offer: noted });
      reading = read(autosave);
      return reading;
    },
    async take(autosave) {
      text = (await autosave.load())?.text ?? null;
      return asSource();
    },
    async answered(accepted) {
      await reading;
      store.setState({ offer: null });
      return accepted ? asSource() : null;
    },
    isIt: (source) => source.from === "file" && source.text === text,
  };
}
