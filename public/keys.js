// Keys that are pressed before the page's own script is there. It takes them over in src/store/keyboard.ts.
(() => {
  if ("driftwoodKeys" in window) return;
  const unheld = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/;
  const held = [];
  const hold = (event) => {
    const command = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (unheld.test(event.key) || event.altKey || event.isComposing || !["", "k", "o"].includes(command)) return;
    // A browser opens its file chooser only while the key is still being pressed.
    if (command === "o") document.getElementById("file-input")?.click();
    else held.push(event);
    event.preventDefault();
  };
  addEventListener("keydown", hold, true);
  window.driftwoodKeys = { held, stop: () => removeEventListener("keydown", hold, true) };
})();
