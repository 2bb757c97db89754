import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { inheritedNames, isJsonObject, pointerTo, unknownField } from './body.js';
import { type FieldFault, invalid } from './problem.js';

type Dto = abstract new () => object;

const plain: readonly unknown[] = [String, Number, Boolean, Array, Object];

/** Checks every body and query against its DTO class: unknown fields are refused, each fault has a JSON pointer or a parameter name. */
@Injectable()
export class ValidationPipe implements PipeTransform<unknown, Promise<unknown>> {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const dto = metadata.metatype as (new () => object) | undefined;
    if (metadata.type === 'custom' || !isDto(dto)) return value;
    const inBody = metadata.type === 'body';
    const given = value === undefined ? {} : value;
    if (!isJsonObject(given)) throw invalid([{ pointer: '', message: 'must be a JSON object' }]);
    const inherited = inheritedNames(given);
    // class-transformer calls what it finds under `constructor`, class-validator finds `toString` in every list of known fields.
    if (inherited.length > 0) throw invalid(inherited.map((pointer) => (inBody ? unknownField(pointer) : { parameter: pointer.slice(1), message: unknownField('').message })));
    const instance = plainToInstance(dto, given, { exposeUnsetFields: false });
    const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
    if (errors.length > 0) throw invalid(errors.flatMap((error) => faults(error, '', inBody)));
    return instance;
  }
}

function isDto(type: unknown): type is Dto {
  return typeof type === 'function' && !plain.includes(type);
}

function faults(error: ValidationError, parent: string, inBody: boolean): FieldFault[] {
  const path = pointerTo(parent, error.property);
  const where = inBody ? { pointer: path } : { parameter: error.property };
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]): FieldFault => ({
    ...where,
    message: constraint === 'whitelistValidation' ? unknownField(path).message : message.slice(0, 300),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faults(child, path, inBody))];
}
