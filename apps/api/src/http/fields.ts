import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type TransformFnParams, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsNumber, IsObject, IsString, IsUUID, Length, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';

/** Who may be left out, and who may be null: two different things in a PATCH. */
interface Presence {
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
}

/** The field may be left out; null is refused. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** One line of readable text: no control character (they would break AMI, SIP and the dialplan), no lone surrogate. */
const line = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;

function presence({ optional, nullable, description }: Presence): { api: object; check: PropertyDecorator } {
  return {
    api: { required: optional !== true, ...(nullable === true ? { nullable } : {}), ...(description === undefined ? {} : { description }) },
    check: ValidateIf((_, value) => !(optional === true && value === undefined) && !(nullable === true && value === null)),
  };
}

interface TextOptions extends Presence {
  readonly min?: number;
  readonly max: number;
  readonly pattern?: RegExp;
  /** The rule of `pattern` in words, as "must be a host name or an IP address". */
  readonly says?: string;
  readonly writeOnly?: boolean;
  readonly example?: string;
  /** Line breaks are allowed: certificates. */
  readonly lines?: boolean;
}

/** A line of text. */
export function Text({ min = 1, max, pattern, says, writeOnly, example, lines, ...rest }: TextOptions): PropertyDecorator {
  const { api, check } = presence(rest);
  return applyDecorators(
    ApiProperty({
      type: String, minLength: min, maxLength: max, ...(pattern === undefined ? {} : { pattern: pattern.source }), ...(writeOnly === true ? { writeOnly } : {}),
      ...(example === undefined ? {} : { example }), ...api,
    }),
    check,
    IsString({ message: 'must be a text' }),
    Length(min, max, { message: `must have from ${min} to ${max} characters` }),
    ...(lines === true ? [] : [Matches(line, { message: 'must be one line without control characters' })]),
    ...(pattern === undefined ? [] : [Matches(pattern, { message: says ?? `must match ${pattern.source}` })]),
  );
}

/** One of a few words. */
export function OneOf(values: readonly string[], options: Presence = {}): PropertyDecorator {
  const { api, check } = presence(options);
  return applyDecorators(ApiProperty({ type: String, enum: [...values], ...api }), check, IsIn(values, { message: `must be one of ${values.join(', ')}` }));
}

/** A whole number. */
export function Whole({ min, max, ...rest }: Presence & { min: number; max: number }): PropertyDecorator {
  const { api, check } = presence(rest);
  const message = `must be a whole number from ${min} to ${max}`;
  return applyDecorators(ApiProperty({ type: 'integer', minimum: min, maximum: max, ...api }), check, IsInt({ message }), Min(min, { message }), Max(max, { message }));
}

/** A number with a fraction. */
export function Fraction({ min, max, ...rest }: Presence & { min: number; max: number }): PropertyDecorator {
  const { api, check } = presence(rest);
  const message = `must be a number from ${min} to ${max}`;
  return applyDecorators(ApiProperty({ type: Number, minimum: min, maximum: max, ...api }), check, IsNumber({}, { message }), Min(min, { message }), Max(max, { message }));
}

/** true or false. */
export function Flag(options: Presence = {}): PropertyDecorator {
  const { api, check } = presence(options);
  return applyDecorators(ApiProperty({ type: Boolean, ...api }), check, IsBoolean({ message: 'must be true or false' }));
}

/** The id of something. */
export function IdField(options: Presence = {}): PropertyDecorator {
  const { api, check } = presence(options);
  return applyDecorators(ApiProperty({ type: String, format: 'uuid', ...api }), check, IsUUID("loose", { message: 'must be a UUID' }));
}

/** A list of words or ids. */
export function ListOf(each: 'text' | 'id' | readonly string[], { max, ...rest }: Presence & { max: number }): PropertyDecorator {
  const { api, check } = presence(rest);
  const items = each === 'text' ? { type: 'string', minLength: 1, maxLength: 64 } : each === 'id' ? { type: 'string', format: 'uuid' } : { type: 'string', enum: [...each] };
  const rules =
    each === 'text'
      ? [IsString({ each: true, message: 'must hold texts' }), Length(1, 64, { each: true, message: 'must hold texts of 1 to 64 characters' }), Matches(line, { each: true, message: 'must hold lines without control characters' })]
      : each === 'id'
        ? [IsUUID("loose", { each: true, message: 'must hold UUIDs' })]
        : [IsIn(each, { each: true, message: `must hold some of ${each.join(', ')}` })];
  return applyDecorators(
    ApiProperty({ type: 'array', items, maxItems: max, ...api } as object),
    check,
    IsArray({ message: 'must be a list' }),
    ArrayMaxSize(max, { message: `must hold at most ${max}` }),
    ...rules,
  );
}

/** An object with fields of its own. */
export function Nested(dto: () => Class, options: Presence = {}): PropertyDecorator {
  const { api, check } = presence(options);
  return applyDecorators(ApiProperty({ type: () => dto(), ...api } as object), check, IsObject({ message: 'must be an object' }), ValidateNested(), Type(dto));
}

/** A moment, ISO-8601 with a time zone. */
export function Moment(options: Presence = {}): PropertyDecorator {
  const { api, check } = presence(options);
  const message = 'must be a moment in ISO-8601 with its time zone, as 2026-01-31T09:00:00.000Z';
  return applyDecorators(
    ApiProperty({ type: String, format: 'date-time', ...api }), check, IsISO8601({ strict: true, strictSeparator: true }, { message }),
    Matches(/^(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/, { message }),
  );
}

/** Turns the digits of a query parameter into a number, and nothing else, so that `1e2` and the empty text stay invalid. */
export function wholeNumber({ value }: TransformFnParams): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
