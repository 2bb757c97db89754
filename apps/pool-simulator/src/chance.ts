/** Chance that repeats itself: the same seed gives the same numbers in the same order (sfc32). */
export class Chance {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** @param seed a number or a name */
  constructor(private readonly seed: number | string) {
    const text = String(seed);
    this.a = hashOf(text, 0x9e3779b9);
    this.b = hashOf(text, 0x243f6a88);
    this.c = hashOf(text, 0xb7e15162);
    for (let warm = 0; warm < 12; warm += 1) this.next();
  }

  /** From 0 to 1, without 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** How long until something comes that comes every `mean` on average, whatever has come before. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** A UUID of version 4, as far as chance of this kind goes. */
  uuid(): string {
    const word = (): string => this.below(0x10000).toString(16).padStart(4, '0');
    const variant = (0x8000 | this.below(0x4000)).toString(16);
    return `${word()}${word()}-${word()}-4${word().slice(1)}-${variant}-${word()}${word()}${word()}`;
  }

  /** Chance of its own for somebody, the same for the same seed and name whatever is drawn elsewhere meanwhile. */
  of(name: string): Chance {
    return new Chance(`${this.seed}/${name}`);
  }
}

/** FNV-1a with a basis of its own, stirred at the end (murmur3). */
function hashOf(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
