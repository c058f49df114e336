// Before the first paint: the theme (src/view/theme/theme.ts takes over), and whether the picture of the first run that
// stands in the page is the right one (src/build/first-frame.ts), which the address or a reload may have another say in.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("driftwood-theme");
  } catch {
    // Storage may be forbidden: the system decides.
  }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = choice === "dark" || choice === "light" ? choice : system;
  document.documentElement.dataset.first = isFirst() ? (isNew() ? "new" : "here") : "other";

  /** The first visit's hint is still to be read: on a phone it stands above the picture. */
  function isNew() {
    try {
      return localStorage.getItem("driftwood-hint") === null;
    } catch {
      return true;
    }
  }
  function isFirst() {
    try {
      return location.hash.length < 2 && sessionStorage.getItem("driftwood-return") === null;
    } catch {
      return location.hash.length < 2;
    }
  }
})();
