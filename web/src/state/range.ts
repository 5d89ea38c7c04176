/** 0, 1, ..., length - 1: the rows or the columns of a matrix. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
