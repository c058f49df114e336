// Before the first paint: the theme (src/view/theme/theme.ts takes over), and whether the picture of the first run that
// stands in the page is the right one (src/build/first-frame.ts), which the address or a reload may have another say in.
(() => {
  let choice = null;
  try {
    // In a frame of another page as its address says (src/store/embed.ts).
    const asked = new URLSearchParams(location.search);
    choice = asked.has("embed") ? asked.get("theme") : localStorage.getItem("driftwood-theme");
  } catch {
    // Storage may be forbidden: the system decides.
  }
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = choice === "dark" || choice === "light" ? choice : system;
  document.documentElement.dataset.first = isFirst() ? "here" : "other";

  function isFirst() {
    try {
      return (
        location.hash.length < 2 &&
        !/[?&]notes=/.test(location.search) &&
        sessionStorage.getItem("driftwood-return") === null
      );
    } catch {
      return location.hash.length < 2;
    }
  }
})();
