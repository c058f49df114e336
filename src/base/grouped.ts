/** A number with its thousands set apart: "8,412". What follows a decimal point is left as it is. */
export const grouped = (n: number): string =>
  String(n).replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
