import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsUUID, Matches } from 'class-validator';
import { callStates, type CallState, type EndReason, endReasons } from '@nailup/domain';
import { IdField, MayBeAbsent, Moment, Text, Whole } from '../http/fields.js';
import { PageQuery } from '../http/page.js';

/** What a person may type for a number, before it is normalised. */
const dialled = { max: 64, pattern: /^[+0-9().\-/ ]+$/, says: 'must be a telephone number', example: '+15550101' };

export class PlaceCallBody {
  @IdField({ optional: true, description: 'Who calls; the caller of this route by default. Needed with an API key.' })
  agentId?: string;

  @Text({ ...dialled, description: 'Whom to call, in any common notation; national numbers are read as of the first allowed country.' })
  to!: string;

  @Text({ ...dialled, optional: true, description: 'The number shown to the other side.' })
  callerId?: string;

  @Whole({ min: 5, max: 120, optional: true, description: '45 when left out.' })
  ringTimeoutSeconds?: number;
}

export class DtmfBody {
  @Text({ max: 32, pattern: /^[0-9*#A-D]+$/, says: 'must hold digits, * # and A to D only', example: '1#' })
  digits!: string;
}

export class DispositionBody {
  @Text({ max: 64, description: 'One of the dispositions of the settings.' })
  code!: string;

  @Text({ max: 2_000, optional: true, nullable: true, lines: true })
  note?: string | null;
}


export class CallQuery extends PageQuery {
  @ApiPropertyOptional({ enum: [...callStates] })
  @MayBeAbsent()
  @IsIn(callStates, { message: `must be one of ${callStates.join(', ')}` })
  state?: CallState;

  @ApiPropertyOptional({ enum: [...endReasons], description: 'Calls that ended so.' })
  @MayBeAbsent()
  @IsIn(endReasons, { message: `must be one of ${endReasons.join(', ')}` })
  endReason?: EndReason;

  @ApiPropertyOptional({ type: Boolean, description: 'true: calls that are not over.' })
  @MayBeAbsent()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  live?: boolean;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeAbsent()
  @IsUUID('loose', { message: 'must be a UUID' })
  agentId?: string;

  @ApiPropertyOptional({ type: String, description: 'The end of either number, three digits or more.' })
  @MayBeAbsent()
  @Matches(/^\+?[0-9]{3,20}$/, { message: 'must be three digits or more' })
  number?: string;

  @Moment({ optional: true, description: 'Begun at this moment or later.' })
  from?: string;

  @Moment({ optional: true, description: 'Begun before this moment.' })
  to?: string;
}
