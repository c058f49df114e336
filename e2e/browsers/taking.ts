import { writeFile } from "node:fs/promises";
import type { Driver } from "./driver.ts";
import type { Step } from "./smoke.ts";
import { Visit } from "./visit.ts";

/** Where pictures are left, of steps that fail and of pages that somebody may want to see. */
export const pictures = "artefacts/browsers";

/** Only against a hang: a step takes seconds, every scenario's hashes half a minute. */
export const stepMost = 300_000;
export const closeMost = 20_000;

export function within<T>(milliseconds: number, done: Promise<T>): Promise<T> {
  const over = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no end within ${milliseconds / 1000} s`)), milliseconds).unref();
  });
  return Promise.race([done, over]);
}

/** What a step says of itself; throws if it fails, or if the page complained meanwhile. */
async function take({ run, forgiven }: Step, visit: Visit): Promise<string> {
  const words = await run(visit);
  const complaints = (await visit.complaints()).filter((text) => !forgiven?.test(text));
  if (complaints.length > 0) throw new Error(`the page complains: ${complaints.join("; ")}`);
  return words;
}

/** Takes them one after the other; how many failed. */
export async function smoke(steps: readonly Step[], name: string, driver: Driver, address: string): Promise<number> {
  let failed = 0;
  for (const step of steps) {
    const start = performance.now();
    const taken = () => `(${((performance.now() - start) / 1000).toFixed(1)} s)`;
    try {
      const words = await within(stepMost, take(step, new Visit(driver, address)));
      console.log(`  ok      ${step.name}: ${words} ${taken()}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAILED  ${step.name}: ${error instanceof Error ? error.message : error} ${taken()}`);
      await keepPicture(driver, `${name}-${step.name.replaceAll(/\W+/g, "-")}`);
    }
  }
  return failed;
}

export async function keepPicture(driver: Driver, name: string): Promise<void> {
  const picture = await within(closeMost, driver.picture()).catch(() => null);
  if (picture !== null) await writeFile(`${pictures}/${name}.png`, picture);
}
