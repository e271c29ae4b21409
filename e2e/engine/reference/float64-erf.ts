/** The error function to the last digits of a double: a series near zero, a continued fraction beyond. */

/** Beyond it the fraction is the shorter of the two. */
const seam = 2;
/** Where the terms of neither can be seen any more. */
const maxTerms = 200;

/** erf x = 2/√π · e^(−x²) · Σ (2x²)ⁿ·x / (1·3·…·(2n+1)): no term is negative, so none cancel (DLMF 7.6.2). */
function byTaylor(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < maxTerms && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + ³⁄₂/(x + …)))), from the inside out (DLMF 7.9.1). */
function complementByFraction(x: number): number {
  let tail = x;
  for (let n = maxTerms; n > 0; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}

/** 2/√π · ∫₀ˣ e^(−t²) dt. */
export function erf(x: number): number {
  if (Math.abs(x) < seam) return byTaylor(x);
  return Math.sign(x) * (1 - complementByFraction(Math.abs(x)));
}
