/** Index of the last element for which `fits` holds, -1 if none; `fits` must hold for a prefix of the list. */
export function lastWhere<T>(list: readonly T[], fits: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
