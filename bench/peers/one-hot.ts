/** Labels as rows of targets, for libraries whose losses take them so. */

/** Digits. */
export const classes = 10;

/** A one in each row, at its label. */
export function oneHotRows(labels: Uint8Array): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (rows[row * classes + label] = 1));
  return rows;
}
