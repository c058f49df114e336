import { type ReactElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource/inter/latin-400.css";
import "@fontsource/inter/latin-500.css";
import "@fontsource/inter/latin-600.css";
import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/jetbrains-mono/latin-500.css";
import "./view/theme/tokens.css";
import "./view/theme/base.css";
import "./view/theme/first.css";
import { startLab } from "./store/browser.ts";
import { openPickedFiles } from "./store/files.ts";
import { holdKeys } from "./store/keyboard.ts";
import { page } from "./store/page.ts";
import { installTestHooks } from "./store/test-hooks.ts";
import { App } from "./view/app/app.tsx";
import { notesName } from "./view/present/channel.ts";
import { followTheme } from "./view/theme/theme.ts";

page.recall();
followTheme();

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
const notes = notesName(location.search);
if (notes === null) {
  holdKeys();
  installTestHooks();
  startLab();
  openPickedFiles();
  show(<App />);
} else {
  // The lecturer's notes: a window of their own, which has no run.
  void import("./view/present/notes.tsx").then(({ Notes }) => show(<Notes name={notes} />));
}

function show(page: ReactElement): void {
  createRoot(root!).render(<StrictMode>{page}</StrictMode>);
}
