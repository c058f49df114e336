import { ArrowUpRight } from "lucide-react";
import type { ReactElement } from "react";
import { openWhole } from "../../store/sharing.ts";
import { Logo } from "./logo.tsx";
import "./whole-page.css";

/** In a frame of another page: the way to the page itself, at the moment that is shown. */
export function WholePage(): ReactElement {
  return (
    <button
      type="button"
      className="whole-page"
      aria-label="Open the whole page"
      title="Open the whole page"
      onClick={openWhole}
    >
      <Logo />
      <ArrowUpRight size={14} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}
