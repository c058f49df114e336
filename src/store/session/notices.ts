import type { StoreApi } from "zustand/vanilla";
import type { LabState, Notice } from "../lab.ts";

const shownMost = 3;

export interface Notices {
  /** Shows a sentence; one that is shown already comes last again. */
  notify(text: string, tone?: Notice["tone"]): void;
  dismiss(id: number): void;
}

/** What the page says by the way: the newest three. */
export function createNotices(store: StoreApi<LabState>): Notices {
  let id = 0;
  const others = (gone: (notice: Notice) => boolean) => store.getState().notices.filter((notice) => !gone(notice));
  return {
    notify(text, tone = "info") {
      const notices = [...others((notice) => notice.text === text), { id: ++id, tone, text }];
      store.setState({ notices: notices.slice(-shownMost) });
    },
    dismiss: (gone) => store.setState({ notices: others((notice) => notice.id === gone) }),
  };
}
