/** Of the lab's Redis, by its address: it has another one after each start. */
const runIds = new Map<string, string>();
let notice: string | undefined;

/** Looks at what INFO says of the lab's Redis when a connection is opened. */
export function lookForRestart(address: string, info: string): void {
  const found = /^run_id:(\w+)/m.exec(info)?.[1];
  const before = runIds.get(address);
  if (found === undefined || found === before) return;
  const isEmpty = !/^db\d+:keys=/m.test(info);
  if (before !== undefined) {
    notice = `Redis was restarted${isEmpty ? " and is empty" : ""}: run this notebook from its first cell.`;
  }
  runIds.set(address, found);
}

/** Tells it once, in the cell that uses Redis next. */
export function tellRestart(): void {
  if (notice === undefined) return;
  const text = notice;
  notice = undefined;
  console.warn(text);
}
