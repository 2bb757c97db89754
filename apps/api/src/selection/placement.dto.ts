import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { placementStates, type PlacementState } from '@nailup/domain';
import { IdField, ListOf, MayBeAbsent, OneOf, Text, Whole } from '../http/fields.js';
import { PageQuery } from '../http/page.js';

const mostExcluded = 300;

export class PlaceRequest {
  @IdField({ optional: true, description: 'Whose seat; the caller by default. Needed with an API key.' })
  agentId?: string;

  @Text({ max: 64, optional: true, nullable: true, description: "Preferred region; the agent's own by default." })
  region?: string | null;

  @ListOf('id', { max: mostExcluded, optional: true, description: 'Media servers to leave out. Naming the present one moves the seat.' })
  exclude?: string[];
}

export const failureStages = ['websocket', 'sip', 'ice', 'media'] as const;
export type FailureStage = (typeof failureStages)[number];

export class FailureReport {
  @OneOf(failureStages, { description: 'How far the browser came.' })
  stage!: FailureStage;

  @Text({ max: 255 })
  reason!: string;
}

export class SimulateRequest {
  @Whole({ min: 1, max: 10_000, description: 'How many agents without history.' })
  count!: number;

  @Text({ max: 64, optional: true, nullable: true })
  region?: string | null;
}

export class PlacementQuery extends PageQuery {
  @ApiPropertyOptional({ enum: [...placementStates] })
  @MayBeAbsent()
  @IsIn(placementStates, { message: `must be one of ${placementStates.join(', ')}` })
  state?: PlacementState;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeAbsent()
  @IsUUID('loose', { message: 'must be a UUID' })
  agentId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeAbsent()
  @IsUUID('loose', { message: 'must be a UUID' })
  mediaServerId?: string;
}
