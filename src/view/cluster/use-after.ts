import { useLater } from "../kit/use-later.ts";

export const loadAfter = () => import("./after-first-frame.ts");

/** What of the picture comes after the first frame; null until then. */
export const useAfter = () => useLater("marks on the picture", loadAfter);
