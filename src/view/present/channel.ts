import type { Notes } from "../../store/presenter.ts";

/** What crosses between the page and the notes' window of the same browser. */
export type Told =
  /** From the page, whenever it changes, and in answer to `here`. */
  | { readonly kind: "notes"; readonly notes: Notes }
  /** From the page: nobody speaks any more. */
  | { readonly kind: "over" }
  /** From the notes: they are there, and want to be told. */
  | { readonly kind: "here" }
  /** From the notes: a key that was pressed there, meant for the page. */
  | { readonly kind: "key"; readonly deed: "next" | "back" };

/** `name`: what the page put into the address of its notes, so that two lectures in one browser do not meet. */
export const openChannel = (name: string): BroadcastChannel => new BroadcastChannel(`driftwood-notes-${name}`);

/** Of a window that is notes; null: it is the page. */
export const notesName = (search: string): string | null => new URLSearchParams(search).get("notes");
