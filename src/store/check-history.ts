import { createChecker, sharing } from "./checker.ts";
import { spawnChecker } from "./spawn.ts";

/** Whether the rows have an order that explains them, from the page's second thread; see `createChecker`. */
export const checkHistory = sharing(createChecker(spawnChecker));
