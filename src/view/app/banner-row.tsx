import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../kit/icon-button.tsx";
import "./banner.css";

interface RowProps {
  readonly tone: "bad" | "broken" | "plain";
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly buttons?: ReactNode;
  readonly onClose?: () => void;
}

export function Row({ tone, icon, children, buttons, onClose }: RowProps) {
  return (
    <section className="banner-row" data-tone={tone} role={tone === "bad" ? "alert" : "status"}>
      {icon}
      <p className="banner-text">{children}</p>
      {buttons}
      {onClose !== undefined && <IconButton icon={X} label="Dismiss" onClick={onClose} />}
    </section>
  );
}
