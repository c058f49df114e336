import { X } from "lucide-react";
import type { ReactElement } from "react";
import { unlight, useLit } from "../../store/lit.ts";
import { IconButton } from "../kit/icon-button.tsx";
import "./lit-chip.css";

/** What is lit in every picture, in words, and how that ends. */
export function LitChip(): ReactElement | null {
  const lit = useLit();
  if (lit === null) return null;
  return (
    <p className="lit-chip" role="status">
      <span>{lit.words}. The rest is faded.</span>
      <IconButton icon={X} label="Fade nothing" size={15} title="Key: Esc" onClick={unlight} />
    </p>
  );
}
