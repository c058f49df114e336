import type { StoreApi } from "zustand/vanilla";
import type { LabState, Notice } from "../lab.ts";

const shownMost = 3;

export interface Notices {
  /** Shows a sentence; one that is shown already comes last again. */
  notify(text: string, tone?: Notice["tone"]): void;
  /** The same, of the run that is shown: it goes as soon as another one is. */
  tellOfRun(text: string, tone?: Notice["tone"]): void;
  dismiss(id: number): void;
  /** Another run is shown. */
  leaveRun(): void;
}

/** What the page says by the way: the newest three. */
export function createNotices(store: StoreApi<LabState>): Notices {
  let id = 0;
  const others = (gone: (notice: Notice) => boolean) => store.getState().notices.filter((notice) => !gone(notice));
  function add(notice: Omit<Notice, "id">): void {
    const notices = [...others(({ text }) => text === notice.text), { id: ++id, ...notice }];
    store.setState({ notices: notices.slice(-shownMost) });
  }
  return {
    notify: (text, tone = "info") => add({ tone, text }),
    tellOfRun: (text, tone = "info") => add({ tone, text, ofRun: true }),
    dismiss: (gone) => store.setState({ notices: others((notice) => notice.id === gone) }),
    leaveRun: () => store.setState({ notices: others(({ ofRun }) => ofRun === true) }),
  };
}
