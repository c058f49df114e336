import { useLater } from "../kit/use-later.ts";

const load = () => import("./after-first-frame.ts");

/** What of the page comes after the first frame; null until then. */
export const useAfter = () => useLater("panes, keys and buttons", load);
