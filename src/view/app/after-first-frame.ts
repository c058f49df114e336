/** What comes by itself once the first frame is there; used by `useAfter`. */
export { Dialogs } from "../dialogs/dialogs.tsx";
export { Hint } from "../kit/hint.tsx";
export { installKeys, releaseClickedButtons } from "../kit/keys.ts";
export { ActMenu } from "./act-menu.tsx";
export { BarButton } from "./bar-button.tsx";
export { DraggableSplit } from "./draggable-split.tsx";
export { FileDrop } from "./file-drop.tsx";
export { LitChip } from "./lit-chip.tsx";
export { MainMenu } from "./main-menu.tsx";
export { Newer } from "./newer.tsx";
export { Sheet } from "./sheet.tsx";
export { Side } from "./side.tsx";
