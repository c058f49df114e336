import { type ReactElement, useEffect, useMemo, useState } from "react";
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
  const shown = card === "none" ? null : url;
  const picture = useMemo(() => (shown ? qrPicture(shown) : null), [shown]);
  if (card === "none" || url === "") return null;
  return (
    <aside className="present-card" data-size={card} aria-label="Link to this moment">
      {picture === null ? (
        <p>The link is too long for a code.</p>
      ) : (
        <Qr picture={picture} label="QR code of the link to this moment" />
      )}
      {picture !== null && card === "large" && <p className="present-url">{url}</p>}
    </aside>
  );
}
