import { type ReactElement, useEffect, useState } from "react";
import { usePresenter } from "../../store/presenter.ts";
import { linkToMoment } from "../../store/sharing.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { qrPicture } from "../kit/qr/picture.ts";
import { Qr } from "../kit/qr/qr.tsx";

/** The link to this moment as a code in the corner; once more, as large as the room needs. */
export function LinkCard(): ReactElement | null {
  const card = usePresenter((state) => state.card);
  const event = usePanelLab("timeline", (state) => (state.playing ? -1 : (state.frame?.position.event ?? 0)));
  const [url, setUrl] = useState<string | null>("");
  useEffect(() => {
    if (card === "none" || event < 0) return;
    let wanted = true;
    void linkToMoment().then((link) => wanted && setUrl(link));
    return () => {
      wanted = false;
    };
  }, [card, event]);
  if (card === "none" || url === "") return null;
  const fits = url !== null && qrPicture(url) !== null;
  return (
    <aside className="present-card" data-size={card} aria-label="Link to this moment">
      {fits ? <Qr text={url} label="QR code of the link to this moment" /> : <p>The link is too long for a code.</p>}
      {fits && card === "large" && <p className="present-url">{url}</p>}
    </aside>
  );
}
