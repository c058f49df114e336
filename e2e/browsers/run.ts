import { mkdir } from "node:fs/promises";
import { thisMachine } from "../browser.ts";
import { encodeScenario, steady } from "../scenario.ts";
import { type Driver, usualSize } from "./driver.ts";
import { advice, type Engine, engineNames, findEngine } from "./engines.ts";
import { serve } from "./served.ts";
import { steps } from "./smoke.ts";
import { closeMost, keepPicture, pictures, smoke, stepMost, within } from "./taking.ts";
import { Visit } from "./visit.ts";

/**
 * `npm run test:browsers [-- ENGINE …]`: the same smoke of the built page in every engine that is found, one after the
 * other. Exit code 0 if at least one was found and nothing failed.
 */
/** For whoever wants to see: wide, narrow, and dark. */
async function keepPictures(name: string, driver: Driver, address: string): Promise<void> {
  const visit = new Visit(driver, address);
  await driver.resize(usualSize);
  await visit.open(await encodeScenario(steady({ view: { atMs: 420, select: "S2", speed: 1, play: false } })));
  await keepPicture(driver, `${name}-wide`);
  await visit.press("Shift+D");
  await keepPicture(driver, `${name}-dark`);
  await visit.press("Shift+D");
  await driver.resize({ width: 390, height: 844 });
  await visit.idle();
  await keepPicture(driver, `${name}-narrow`);
}

async function runIn({ name, found, start }: Engine, address: string): Promise<number> {
  const driver = await within(stepMost, start());
  console.log(`${driver.engine} (${found})`);
  try {
    const failed = await smoke(steps, name, driver, address);
    await keepPictures(name, driver, address);
    return failed;
  } finally {
    await within(closeMost, driver.close()).catch(() => undefined);
  }
}

async function runAll(wanted: readonly string[]): Promise<boolean> {
  const names = engineNames.filter((name) => wanted.length === 0 || wanted.includes(name));
  const { server, address } = await serve();
  await mkdir(pictures, { recursive: true });
  let [ran, failed] = [0, 0];
  for (const name of names) {
    const engine = findEngine(name, thisMachine);
    if (engine === null) {
      console.log(`${name}: not found; ${advice[name]}`);
      continue;
    }
    ran += 1;
    failed += await runIn(engine, address).catch((error: unknown) => {
      console.log(`${name} (${engine.found}) does not start: ${error instanceof Error ? error.message : error}`);
      return 1;
    });
  }
  await server.close();
  console.log(`${ran} of ${names.length} engines; ${failed === 0 ? "nothing failed" : `${failed} failed`}`);
  return ran > 0 && failed === 0;
}

// What an engine that hangs has left behind goes with this process.
process.exit((await runAll(process.argv.slice(2))) ? 0 : 1);
