import { shownTheme, usePage } from "../../store/page.ts";

/** Keeps <html data-theme> equal to what the user chose, or to what the system wants. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.setAttribute("data-theme", shownTheme());
  };
  apply();
  usePage.subscribe(apply);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  // Paper is white.
  window.addEventListener("beforeprint", () => document.documentElement.setAttribute("data-theme", "light"));
  window.addEventListener("afterprint", apply);
}
