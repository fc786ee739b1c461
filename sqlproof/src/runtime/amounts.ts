// The exact arithmetic on its own, for programs without a database, such as a page in a browser: nothing here needs Node.

const decimalPattern = /^-?\d+(?:\.(\d+))?$/;
const largestScaled = 2n ** 63n - 1n;

/** Whole units as decimal text with exactly `scale` places: 323800n at scale 4 is "32.3800". */
export function formatUnits(units: bigint, scale: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Decimal text as whole units of the scale (`"32.38"` at 4 -> 323800n), or null when it does not fit exactly. */
export function scaledInteger(value: unknown, scale: number): bigint | null {
  if (typeof value !== "string") return null;
  return shortScaledInteger(value, scale) ?? anyScaledInteger(value, scale);
}

const [digitZero, digitNine, point] = [48, 57, 46];

/** The usual amount: few digits, all places written, no sign. A number holds it exactly, and is several times faster. */
function shortScaledInteger(value: string, scale: number): bigint | null {
  const pointAt = value.length - scale - 1;
  if (scale === 0 || pointAt < 1 || value.length > 15) return null;
  let units = 0;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= digitZero && code <= digitNine && index !== pointAt) units = units * 10 + (code - digitZero);
    else if (code !== point || index !== pointAt) return null;
  }
  return BigInt(units);
}

function anyScaledInteger(value: string, scale: number): bigint | null {
  const match = decimalPattern.exec(value);
  if (match === null) return null;
  const places = match[1]?.length ?? 0;
  if (places > scale) return null;
  const units = BigInt(value.replace(".", "") + "0".repeat(scale - places));
  return units > largestScaled || units < -largestScaled ? null : units;
}
