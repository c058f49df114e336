import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { page } from "../../../store/page.ts";
import { Worded } from "../worded/worded.tsx";
import "./frame.css";

interface Props {
  readonly title: string;
  /** One sentence under the title. */
  readonly about?: string;
  readonly size: "small" | "medium" | "large" | "wide";
  readonly children: ReactNode;
  /** There is nothing in it but text: the keyboard scrolls the body itself. */
  readonly reading?: boolean;
  /** What gets the focus first; without it the dialog itself, so that no button looks chosen. */
  readonly focus?: RefObject<HTMLElement | null>;
}

/** Title, close button, and a body that scrolls by itself. On a phone it fills the screen. */
export function DialogFrame({ title, about, size, children, focus, reading }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && page.closeDialog()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog-popup" data-size={size} ref={popup} initialFocus={focus ?? popup}>
          <header className="dialog-head">
            <div>
              <Dialog.Title className="dialog-title">{title}</Dialog.Title>
              {about !== undefined && (
                <Dialog.Description className="dialog-about">
                  <Worded text={about} />
                </Dialog.Description>
              )}
            </div>
            <Dialog.Close className="ui-icon-button" aria-label="Close">
              <X size={18} strokeWidth={1.8} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className="dialog-body" {...(reading ? { tabIndex: 0, role: "region", "aria-label": title } : {})}>
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
