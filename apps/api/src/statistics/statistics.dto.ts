import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Moment, Whole, wholeNumber } from '../http/fields.js';

export class StatisticsQuery {
  @Moment({ optional: true })
  from?: string;

  @Moment({ optional: true })
  to?: string;

  @Transform(wholeNumber)
  @Whole({ optional: true, min: 1, max: 86_400 })
  stepSeconds?: number;
}

export class SampleView {
  @ApiProperty({ type: String, format: 'date-time', description: 'The start of the step.' }) at!: string;
  @ApiProperty({ type: 'integer' }) agentsInCall!: number;
  @ApiProperty({ type: 'integer' }) reserved!: number;
  @ApiProperty({ type: 'integer' }) talking!: number;
  @ApiProperty({ type: 'integer' }) capacity!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Load average of the machine.' }) loadAverage!: number | null;
}

export class StatisticsView {
  @ApiProperty({ type: [SampleView], description: 'In order of time; steps nothing is known of are absent.' }) items!: SampleView[];
}

export class CapacityAdviceView {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Advised capacity; null when nothing can be advised yet.' }) capacity!: number | null;
  @ApiProperty({ description: 'Why, in one sentence.' }) reason!: string;
  @ApiProperty({ type: 'integer', description: 'Minutes it was learnt from.' }) samples!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'What one agent adds to the load average of the machine.' }) loadPerSeat!: number | null;
}
