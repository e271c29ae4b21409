/** Rounds numbers so that what is shown adds up to the sum that is shown. Pure. */

/**
 * The parts in units of 10^−decimals, each rounded up or down, so that together they make `total` in these units: those
 * nearest to the next unit are rounded up (largest remainder). Numbers that are not finite are left as they are.
 */
export function roundTogether(parts: readonly number[], total: number, decimals: number): readonly number[] {
  const unit = 10 ** decimals;
  const exact = parts.map((part) => part * unit);
  const target = Math.round(total * unit);
  if (![...exact, target].every(Number.isFinite)) return parts;
  const units = exact.map(Math.floor);
  const missing = target - units.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder);
  // The sum of the parts and the total can differ by what 32 bits lose: then the last ones take a unit more or less.
  const [whole, rest] = [Math.floor(missing / parts.length), mod(missing, parts.length)];
  byRemainder.forEach(({ index }, rank) => (units[index] = (units[index] ?? 0) + whole + (rank < rest ? 1 : 0)));
  return units.map((part) => part / unit);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Rounded as a sum's parts are rounded, half a unit upwards. */
export function roundAlone(number: number, decimals: number): number {
  const unit = 10 ** decimals;
  return Math.round(number * unit) / unit;
}

/** Decimals that show the largest of some numbers in about four figures: 3 for 0.83, 2 for 12.4, up to 6. */
export function decimalsFor(numbers: readonly number[]): number {
  const largest = numbers.reduce((most, number) => Math.max(most, Number.isFinite(number) ? Math.abs(number) : 0), 0);
  if (largest === 0) return 3;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(largest) + 1e-9) + (largest < 1 ? 0 : 1)));
}
