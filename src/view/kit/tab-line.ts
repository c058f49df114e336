import { createContext } from "react";

/** Where the tools of the pane that is shown may stand: in the line of the tabs. Null: there is no room for them. */
export const TabLine = createContext<HTMLElement | null>(null);
