import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { MayBeAbsent } from '../http/fields.js';

/** A sequence number in decimal, below 2^53. */
export const sequence = /^\d{1,15}$/;

export class EventsQuery {
  @ApiProperty({ type: String, description: 'From POST /events/tickets.' })
  @MayBeAbsent()
  @IsString({ message: 'must be given once' })
  ticket?: string;

  @ApiPropertyOptional({ type: String, description: 'The last `id` seen; the larger of this and the header `Last-Event-ID` wins.' })
  @MayBeAbsent()
  @Matches(sequence, { message: 'must be the id of an event' })
  lastEventId?: string;
}

export class TicketView {
  @ApiProperty() ticket!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: Date;
}
