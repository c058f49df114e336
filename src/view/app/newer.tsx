import { Sparkles } from "lucide-react";
import { useEffect } from "react";
import { serveOffline, useNewer } from "../../store/offline.ts";
import { ReloadButton } from "../kit/lazy.tsx";
import { Row } from "./banner-row.tsx";

/** Once it is drawn, the page opens without a network, and says when there is a newer one. It never loads that by itself. */
export function Newer() {
  useEffect(serveOffline, []);
  const ready = useNewer((state) => state.ready);
  if (!ready) return null;
  const icon = <Sparkles className="banner-icon" size={16} strokeWidth={1.8} aria-hidden="true" />;
  return (
    <Row tone="plain" icon={icon} buttons={<ReloadButton />} onClose={() => useNewer.setState({ ready: false })}>
      A new version is here: reload when you like. This page goes on as it is.
    </Row>
  );
}
