import { ApiProperty } from '@nestjs/swagger';
import { IdField, ListOf, Text, Whole } from '../http/fields.js';

const name = { max: 64, example: 'Support' };
const skills = { max: 100, optional: true, description: 'An agent must have all of them to be given callers of this queue.' };
const musicClass = { max: 64, optional: true, nullable: true, pattern: /^[A-Za-z0-9_-]+$/, says: 'must name a music class of the media servers', description: 'What callers hear; the default music when left out.' };
const maxWaitSeconds = { min: 5, max: 86_400, optional: true, nullable: true, description: 'A caller who waited as long is let go; no limit when left out.' };
const number = { max: 64, pattern: /^\+?[0-9]{2,32}$/, says: 'must be a number as the carrier sends it, as +15550200', example: '+15550200' };

export class QueueBody {
  @Text(name) name!: string;
  @ListOf('text', skills) skills?: string[];
  @Text(musicClass) musicClass?: string | null;
  @Whole(maxWaitSeconds) maxWaitSeconds?: number | null;
}

export class ChangeQueueBody {
  @Text({ ...name, optional: true }) name?: string;
  @ListOf('text', skills) skills?: string[];
  @Text(musicClass) musicClass?: string | null;
  @Whole(maxWaitSeconds) maxWaitSeconds?: number | null;
}

export class QueueView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String] }) skills!: string[];
  @ApiProperty({ type: String, nullable: true }) musicClass!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) maxWaitSeconds!: number | null;
  @ApiProperty({ type: 'integer', description: 'Callers who wait now.' }) waiting!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when the first of them waits.' }) waitingSince!: Date | null;
}

export class QueuePage {
  @ApiProperty({ type: () => [QueueView] }) items!: QueueView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class NumberBody {
  @Text(number) number!: string;
  @IdField({ optional: true, nullable: true, description: 'Either a queue or an agent.' }) queueId?: string | null;
  @IdField({ optional: true, nullable: true }) agentId?: string | null;
}

export class ChangeNumberBody {
  @IdField({ optional: true, nullable: true, description: 'Either a queue or an agent.' }) queueId?: string | null;
  @IdField({ optional: true, nullable: true }) agentId?: string | null;
}

export class NumberView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() number!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) queueId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) agentId!: string | null;
}

export class NumberPage {
  @ApiProperty({ type: () => [NumberView] }) items!: NumberView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
