/** Numbers, shapes, times and sizes as text for people, in one house style. Knows no components and no locale but English. */

const noBreakSpace = '\u00a0';
const grouping = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Replaces the hyphen that JavaScript writes before negative numbers and exponents by a true minus sign. */
export function withTrueMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A whole number in groups of three: `18,496`. */
export function formatCount(value: number): string {
  return withTrueMinus(grouping.format(Math.round(value) || 0));
}

/** A large count in three figures: `93.3 k`, `4.81 M`, `1.20 G`; below 10,000 the count itself. */
export function formatCompactCount(value: number): string {
  if (Math.abs(value) < 10_000) return formatCount(value);
  return inThousands(value, 1000, ['', 'k', 'M', 'G', 'T']);
}

/** A number with a fixed count of decimals; what rounds to zero has no sign: `−0.31`, `0.00`, `∞`, `NaN`. */
export function formatDecimal(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const text = value.toFixed(decimals);
  return withTrueMinus(Number(text) === 0 ? text.replace('-', '') : text);
}

/** A number as `formatDecimal` has it, with `+` before what is above zero: `+1.8`. */
export function formatSigned(value: number, decimals = 2): string {
  const text = formatDecimal(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** The shortest text of a setting that reads back as the same number: `0.001`, `0.9`, `1e−7`. */
export function formatSetting(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  const text = value !== 0 && (size < 1e-4 || size >= 1e9) ? value.toExponential() : String(value);
  return withTrueMinus(text.replace('e+', 'e'));
}

/** A loss in as many decimals as keep its width steady: `2.303`, `0.041`, `12.41`, `1.2e5`. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  if (size >= 10_000) return value.toExponential(1).replace('e+', 'e');
  if (size >= 100) return formatDecimal(value, 1);
  return formatDecimal(value, size >= 10 ? 2 : 3);
}

/** A share 0…1 in percent with fixed decimals: `98.6 %`. Only a whole share reads 100: 0.9999 is `99.9 %`. */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatPercentFigure(share, decimals)}${noBreakSpace}%`;
}

/** The figure of `formatPercent` without its sign, for columns whose heading says percent. */
export function formatPercentFigure(share: number, decimals = 1): string {
  if (!Number.isFinite(share)) return formatNonFinite(share);
  const text = formatDecimal(share * 100, decimals);
  return share < 1 && Number(text) === 100 ? formatDecimal(100 - 10 ** -decimals, decimals) : text;
}

/** Sizes with a multiplication sign: `26×26×32`. */
export function formatShape(shape: readonly number[]): string {
  return shape.map(formatCount).join('×');
}

/** A time in at most two units: `0.4 s`, `12 s`, `1 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNonFinite(seconds);
  if (seconds < 9.95) return `${formatDecimal(Math.max(0, seconds), 1)}${noBreakSpace}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${noBreakSpace}s`;
  if (whole < 3600) return inTwoUnits(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return inTwoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** What remains, in steps coarse enough not to flicker: `a few seconds left`, `20 s left`, `1 min 20 s left`. */
export function formatTimeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 5) return 'a few seconds left';
  const step = seconds < 3600 ? 5 : 60;
  return `${formatDuration(Math.max(10, Math.round(seconds / step) * step))} left`;
}

/** Bytes in decimal units: `512 B`, `9.91 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1000
    ? `${formatCount(bytes)}${noBreakSpace}B`
    : inThousands(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB']);
}

function inThousands(value: number, base: number, units: readonly string[]): string {
  let scaled = value;
  let unit = 0;
  while (Math.abs(scaled) >= base * 0.9995 && unit < units.length - 1) {
    scaled /= base;
    unit += 1;
  }
  const size = Math.abs(scaled);
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${formatDecimal(scaled, decimals)}${noBreakSpace}${units[unit] ?? ''}`;
}

function inTwoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const head = `${large}${noBreakSpace}${largeUnit}`;
  return small === 0 ? head : `${head} ${small}${noBreakSpace}${smallUnit}`;
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}
