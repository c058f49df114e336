/** Index of the last of the first `length` elements for which `fits` holds, -1 if none; it must hold for a prefix of them. */
export function lastWhere<T>(list: ArrayLike<T>, fits: (item: T) => boolean, length = list.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
