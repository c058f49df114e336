import { useLab } from "../../store/use-lab.ts";
import "./left-out.css";

/** In a storm the picture has not every message: this says so. */
export function LeftOut() {
  const more = useLab(({ frame }) => frame?.messagesLeftOut ?? 0);
  return more === 0 ? null : <p className="left-out">{more} more messages are under way than are drawn.</p>;
}
