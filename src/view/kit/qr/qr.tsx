import type { ReactElement } from "react";
import type { QrPicture } from "./picture.ts";
import "./qr.css";

/** A QR code, dark on white in every theme. */
export function Qr({ picture, label }: { readonly picture: QrPicture; readonly label: string }): ReactElement {
  return (
    <svg className="qr" viewBox={`0 0 ${picture.size} ${picture.size}`} role="img" aria-label={label}>
      <path d={picture.path} />
    </svg>
  );
}
