import { Dialog } from "@base-ui/react/dialog";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { qrPicture } from "../kit/qr/picture.ts";
import { Qr } from "../kit/qr/qr.tsx";
import "./card.css";

/** The link as a QR code: small beside it, and by a press or Q as large as the screen. Too long for a code, it says so. */
export function Card({ url }: { readonly url: string }): ReactElement {
  const picture = useMemo(() => qrPicture(url), [url]);
  const [large, setLarge] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typed = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key.toLowerCase() === "q" && !(event.ctrlKey || event.metaKey || event.altKey || typed))
        setLarge((before) => picture !== null && !before);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [picture]);
  if (picture === null)
    return <p className="share-note card-none">The link is too long for a QR code. Save the run as a file instead.</p>;
  return (
    <Dialog.Root open={large} onOpenChange={setLarge}>
      <Dialog.Trigger
        className="card-small"
        aria-label="QR code of the link: show it large (Q)"
        title="Show it large (Q)"
      >
        <Qr picture={picture} label="QR code of the link" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Popup className="card-large" onClick={() => setLarge(false)}>
          <Dialog.Title className="ui-hidden">QR code of the link to this moment</Dialog.Title>
          <div className="card-code">
            <Qr picture={picture} label="QR code of the link" />
          </div>
          <p className="card-url">{url}</p>
          <Dialog.Close className="ui-hidden">Close the code</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
