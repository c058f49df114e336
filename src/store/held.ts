import { usePage } from "./page.ts";
import { session } from "./use-lab.ts";

/** Time stands while a dialog is open: "from this moment on" is the moment that is seen behind it. Call once. */
export function holdBehindDialogs(): void {
  let letGo: (() => void) | null = null;
  usePage.subscribe(({ dialog }) => {
    if (dialog !== null) letGo ??= session.holdTime();
    else {
      letGo?.();
      letGo = null;
    }
  });
}
