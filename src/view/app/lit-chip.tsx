import { X } from "lucide-react";
import type { ReactElement } from "react";
import { unlight, useLit } from "../../store/lit.ts";
import "./lit-chip.css";

/** What is lit in every picture, in words, and how that ends. */
export function LitChip(): ReactElement | null {
  const lit = useLit();
  if (lit === null) return null;
  return (
    <p className="lit-chip" role="status">
      <span>{lit.words}. The rest is faded.</span>
      <button type="button" className="ui-icon-button" aria-label="Fade nothing" title="Key: Esc" onClick={unlight}>
        <X size={15} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </p>
  );
}
