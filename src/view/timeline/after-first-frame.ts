/** What opens comes by itself once the first frame is there: nothing of it is needed before. Used by `Transport`. */
export { JumpMenu } from "./jump-menu.tsx";
export { SpeedControl } from "./speed-control.tsx";
