import { type ArgumentMetadata, Injectable, Param, type PipeTransform } from '@nestjs/common';
import { invalid } from './problem.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for the written form of a UUID, of any version. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** Refuses a path parameter that is no UUID with 400; a well-formed one nobody has is a 404 later. */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, metadata: ArgumentMetadata): string {
    if (!isId(value)) throw invalid([{ parameter: metadata.data ?? 'id', message: 'must be a UUID' }]);
    return value.toLowerCase();
  }
}

/** `get(@Id() id: string)`: the checked UUID of the path. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, IdPipe);
