// What is done before the page's own script is there. It takes keys over in src/store/keyboard.ts. A file that is dropped,
// then or later, is put into the page's own field, where src/store/files.ts finds it: a browser would leave the page for it.
(() => {
  const input = () => document.getElementById("file-input");
  addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    input().files = event.dataTransfer.files;
    input().dispatchEvent(new Event("change"));
  });
  if ("driftwoodKeys" in window) return;
  const unheld = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/;
  const held = [];
  const hold = (event) => {
    const command = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (unheld.test(event.key) || event.altKey || event.isComposing || !["", "k", "o"].includes(command)) return;
    // A browser opens its file chooser only while the key is still being pressed.
    if (command === "o") input()?.click();
    else held.push(event);
    event.preventDefault();
  };
  addEventListener("keydown", hold, true);
  window.driftwoodKeys = { held, stop: () => removeEventListener("keydown", hold, true) };
})();
