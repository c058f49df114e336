import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstFrame } from "./src/build/first-frame.ts";
import { oneFile } from "./src/build/one-file.ts";

/** `npm run build:single`: the page as one file. */
export default defineConfig({
  mode: "single",
  base: "./",
  plugins: [react(), firstFrame(), oneFile()],
  build: {
    outDir: "dist-single",
    target: "es2022",
    copyPublicDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: Number.POSITIVE_INFINITY,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
