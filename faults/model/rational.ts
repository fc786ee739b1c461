/**
 * Exact rational numbers: the true value of an amount before rounding. Slow and plain on purpose, and unlike the
 * product's own arithmetic, which counts ten-thousandths.
 */
export class Rational {
  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static of(numerator: bigint, denominator = 1n): Rational {
    if (denominator === 0n) throw new RangeError("division by zero");
    const sign = denominator < 0n ? -1n : 1n;
    const divisor = commonDivisor(numerator, denominator) * sign;
    return new Rational(numerator / divisor, denominator / divisor);
  }

  /** Reads `-12.50`. */
  static parse(text: string): Rational {
    const [whole = "", fraction = ""] = text.split(".");
    return Rational.of(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
  }

  plus(other: Rational): Rational {
    const { numerator, denominator } = other;
    return Rational.of(this.numerator * denominator + numerator * this.denominator, this.denominator * denominator);
  }

  minus(other: Rational): Rational {
    return this.plus(Rational.of(-other.numerator, other.denominator));
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Negative, zero or positive when this is less than, equal to or greater than the other. */
  compare(other: Rational): number {
    const { numerator } = this.minus(other);
    return numerator < 0n ? -1 : numerator > 0n ? 1 : 0;
  }

  /** The nearest amount that can be paid, a multiple of 1/100; a half goes away from zero. */
  rounded(): Rational {
    const cents = this.times(Rational.of(100n));
    const below = floor(cents);
    const distance = cents.minus(Rational.of(below)).compare(Rational.of(1n, 2n));
    const up = distance > 0 || (distance === 0 && below >= 0n);
    return Rational.of(up ? below + 1n : below, 100n);
  }

  /** Text with four decimal places, as in an answer. Fails for a number that has more. */
  toAmount(): string {
    return this.#toText(4);
  }

  /** Text with six decimal places, as a tax rate is stored. */
  toRate(): string {
    return this.#toText(6);
  }

  #toText(places: number): string {
    const { numerator, denominator } = this.times(Rational.of(10n ** BigInt(places)));
    if (denominator !== 1n) throw new RangeError(`not a multiple of 1/${10 ** places}`);
    const digits = (numerator < 0n ? -numerator : numerator).toString().padStart(places + 1, "0");
    return `${numerator < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
}

function floor({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
