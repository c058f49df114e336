import type { ReactElement } from "react";
import "./glyphs.css";

/** A sign for each fault that lasts, about 10 × 10 around its origin: strokes, but for what is full. */
const glyphs: Readonly<Record<string, ReactElement>> = {
  slowDisk: <path d="M-3.6-4.4H3.6L-3.6 4.4H3.6Z" />,
  stalledDisk: <path d="M-4.4-4.2V4.2H4.4V-4.2ZM-4.4-.8H4.4" />,
  fullDisk: <path className="sign-full" d="M-4.2-4.2H4.2V4.2H-4.2Z" />,
  lyingDisk: <path d="M-4.6 1.6Q-2.3-4 0 0T4.6-1.6" />,
  corruptEntry: <path d="M-4.2-4.2H4.2V4.2H-4.2ZM1.4-4.2-1.2-.6 1.4.9-1 4.2" />,
  clock: <path d="M4.6 0A4.6 4.6 0 1 1-4.6 0 4.6 4.6 0 1 1 4.6 0M0-2.8V.2L2 1.6" />,
  crash: <path d="M-4-4 4 4M4-4-4 4" />,
  armedCrash: <path d="M-3.4-.6 3.4 4.6M3.4-.6-3.4 4.6M0-4.8V-1.6" />,
  cut: <path d="M-4.8 0H-1.8M1.8 0H4.8M-1.8-3.4V3.4M1.8-3.4V3.4" />,
  partition: <path d="M0-5V-2.6M0-.9V1.5M0 3.2V5M-4.6-2.4V2.4M4.6-2.4V2.4" />,
  isolate: <path d="M-4.8-4.8H4.8V4.8H-4.8ZM1.4 0A1.4 1.4 0 1 1-1.4 0 1.4 1.4 0 1 1 1.4 0" />,
  ring: <path d="M3.6-3A4.7 4.7 0 1 0 4.7 0M4.4-5.2 3.6-2.8 1.2-3.4" />,
  bridge: <path d="M-5-3.4V3.4M5-3.4V3.4M-5 0H5M1.4 0A1.4 1.4 0 1 1-1.4 0 1.4 1.4 0 1 1 1.4 0" />,
  pause: <path d="M-2.4-4V4M2.4-4V4" />,
  flap: <path d="M-4.8 2.6H-2.4V-2.6H0V2.6H2.4V-2.6H4.8" />,
  lose: <path d="M-4.8 0H-2.2M2.2 0H4.8M-1.6-3.4 1.6 3.4" />,
  repeat: <path d="M-4.6-2H2.6M-4.6 2H2.6M1-4.4 4.6 0 1 4.4" />,
  reorder: <path d="M-4.6-3C0-3 0 3 4.6 3M-4.6 3C0 3 0-3 4.6-3" />,
  delaySpike: <path d="M-4.8 3H-2L0-4.4 2 3H4.8" />,
  narrow: <path d="M-4.6-4.2Q0 0 4.6-4.2M-4.6 4.2Q0 0 4.6 4.2" />,
};
const anyFault = <path d="M1.4-4.8-2.6.6H.6L-1.4 4.8 3-.8H-.2Z" />;

export const faultGlyph = (name: string): ReactElement => glyphs[name] ?? anyFault;

/** The sign by itself, beside words. */
export function FaultIcon({ name }: { readonly name: string }): ReactElement {
  return (
    <svg className="fault-icon" viewBox="-8 -8 16 16" width={18} height={18} aria-hidden="true" focusable="false">
      {faultGlyph(name)}
    </svg>
  );
}
