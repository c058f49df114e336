/** A text that begins as a script does: servers are added, and lines of dashes part commands from what they print. */
export const isScript = (head: string): boolean => /^add-nodes \d/m.test(head) && /^----\s*$/m.test(head);
