/** Reads one environment variable after the other and remembers every fault, so that all of them are named at once. */
export class EnvReader {
  readonly faults: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  /** The value, or undefined when unset or empty. */
  optional(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  required(name: string, why: string): string {
    const value = this.optional(name);
    if (value === undefined) this.faults.push(`${name} is missing: ${why}`);
    return value ?? '';
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    return this.optionalInteger(name, min, max) ?? fallback;
  }

  optionalInteger(name: string, min: number, max: number): number | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    this.faults.push(`${name} must be a whole number from ${min} to ${max}, it is "${value}"`);
    return min;
  }

  oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.faults.push(`${name} must be one of ${allowed.join(', ')}, it is "${value}"`);
    return found ?? fallback;
  }

  flag(name: string): boolean {
    return this.oneOf(name, 'false', ['true', 'false', '1', '0']).match(/^(true|1)$/) !== null;
  }

  /** A comma list of URLs whose scheme is one of `schemes`. */
  urls(name: string, fallback: readonly string[], schemes: readonly string[]): readonly string[] {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const urls = value.split(',').map((url) => url.trim()).filter((url) => url !== '');
    for (const url of urls) {
      if (!schemes.some((scheme) => url.startsWith(`${scheme}:`))) {
        this.faults.push(`${name} holds "${url}", which starts with none of ${schemes.join(', ')}`);
      }
    }
    return urls;
  }
}
