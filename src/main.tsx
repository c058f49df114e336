import { StrictMode } from "react";
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
import { followTheme } from "./view/theme/theme.ts";

holdKeys();
page.recall();
followTheme();
installTestHooks();
startLab();
openPickedFiles();

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
