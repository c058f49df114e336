// Sets the theme before the first paint. The page itself takes over in src/view/theme/theme.ts.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("driftwood-theme");
  } catch {
    // Storage may be forbidden: the system decides.
  }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = choice === "dark" || choice === "light" ? choice : system;
})();
