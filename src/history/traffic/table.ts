import { lastWhere } from "../../base/last-where.ts";

type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;
type Kind = Float64ArrayConstructor | Uint32ArrayConstructor | Uint16ArrayConstructor | Uint8ArrayConstructor;

const firstRoom = 256;

/** Rows of numbers, one typed array for each column: rows are added at the end, and the arrays double. */
export class Table<Name extends string> {
  length = 0;
  private room = firstRoom;
  /** Another array once there was no room any more: not to be kept. */
  columns: Readonly<Record<Name, Numbers>>;

  constructor(private readonly kinds: Readonly<Record<Name, Kind>>) {
    this.columns = this.made(firstRoom);
  }

  /** The number of a new row, whose columns are to be set. */
  next(): number {
    if (this.length === this.room) this.grow();
    return this.length++;
  }

  /** The number of the new row. */
  add(row: Readonly<Record<Name, number>>): number {
    const at = this.next();
    for (const name in row) this.columns[name][at] = row[name];
    return at;
  }

  /** How many rows there are from the start on of which the column says no more than that; the column ascends. */
  upTo(name: Name, most: number): number {
    return lastWhere<number>(this.columns[name], (value) => value <= most, this.length) + 1;
  }

  private grow(): void {
    const old = this.columns;
    this.room *= 2;
    this.columns = this.made(this.room);
    for (const name in old) this.columns[name].set(old[name]);
  }

  private made(room: number): Record<Name, Numbers> {
    const columns: Partial<Record<Name, Numbers>> = {};
    for (const name in this.kinds) columns[name] = new this.kinds[name](room);
    return columns as Record<Name, Numbers>;
  }
}
