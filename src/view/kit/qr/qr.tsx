import { type ReactElement, useMemo } from "react";
import { qrPicture } from "./picture.ts";
import "./qr.css";

/** A link as a QR code, dark on white in every theme; nothing where it is too long for one. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }): ReactElement | null {
  const picture = useMemo(() => qrPicture(text), [text]);
  if (picture === null) return null;
  return (
    <svg className="qr" viewBox={`0 0 ${picture.size} ${picture.size}`} role="img" aria-label={label}>
      <path d={picture.path} />
    </svg>
  );
}
