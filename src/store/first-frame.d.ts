/** Made by the build (src/build/first-frame.ts). */
declare module "virtual:first-frame" {
  /** What the engine answers when the first preset is opened. */
  export const firstAnswer: import("../worker/protocol/requests.ts").Requests["enter"]["answer"];
}
