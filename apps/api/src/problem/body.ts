import type { FieldFault } from './problem.js';

const notKnown = 'is not a known field';

/** The RFC 6901 pointer of a field of what `parent` points at. */
export function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A field nobody asked for. */
export function unknownField(pointer: string): FieldFault {
  return { pointer, message: notKnown };
}

/** Whether it is what JSON calls an object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Pointers to fields, at any depth, that are named as every object of JavaScript has members (`constructor`, `toString`): no DTO has such a field,
 * and libraries that look a name up without asking whose it is take them for their own.
 */
export function inheritedNames(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const pointer = pointerTo(parent, name);
    return name in Object.prototype ? [pointer] : inheritedNames(part, pointer);
  });
}
