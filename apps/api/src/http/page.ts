import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { invalid } from '../problem/problem.js';
import { isId } from '../problem/id.pipe.js';
import { MayBeAbsent, wholeNumber } from './fields.js';

const limitRule = 'must be a whole number from 1 to 200';

/** `?limit=&cursor=` of every list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @MayBeAbsent()
  @Transform(wholeNumber)
  @IsInt({ message: limitRule })
  @Min(1, { message: limitRule })
  @Max(200, { message: limitRule })
  limit?: number;

  @ApiPropertyOptional({ type: String, description: '`nextCursor` of the page before.' })
  @MayBeAbsent()
  @IsString({ message: 'must be given once' })
  @MaxLength(200, { message: 'is not a cursor of this list' })
  cursor?: string;
}

/** One page of a list; nextCursor is null on the last one. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

export const defaultLimit = 50;

/** The id a page begins after, from the cursor the caller sent back. @throws Problem REQUEST.INVALID for a cursor we never made */
export function afterId(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!isId(id) || Buffer.from(id).toString('base64url') !== cursor) throw invalid([{ parameter: 'cursor', message: 'is not a cursor of this list' }]);
  return id;
}

/** Cuts `limit + 1` rows, ordered by id, into a page. */
export function toPage<Row extends { readonly id: string }, T>(found: readonly Row[], limit: number, view: (row: Row) => T): Page<T> {
  const kept = found.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(view), nextCursor: found.length > limit && last !== undefined ? Buffer.from(last.id).toString('base64url') : null };
}
