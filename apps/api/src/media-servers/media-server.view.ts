import { ApiProperty } from '@nestjs/swagger';
import { type Mode, modes } from './media-server.dto.js';

const moment = { type: String, format: 'date-time' } as const;
const healths = ['unknown', 'healthy', 'suspect', 'down'] as const;

export class AmiView {
  @ApiProperty() host!: string;
  @ApiProperty({ type: 'integer' }) port!: number;
  @ApiProperty() tls!: boolean;
  @ApiProperty({ type: String, nullable: true }) caCertificate!: string | null;
  @ApiProperty() username!: string;
}

export class UtilisationView {
  @ApiProperty({ type: 'integer', description: 'connected + lost' }) agentsInCall!: number;
  @ApiProperty({ type: 'integer' }) reserved!: number;
  @ApiProperty({ type: 'integer', description: 'Seats with a client leg.' }) talking!: number;
  @ApiProperty({ type: 'integer' }) capacity!: number;
  @ApiProperty({ description: '(agentsInCall + reserved) / (capacity × weight)' }) ratio!: number;
}

export class DrainView {
  @ApiProperty(moment) startedAt!: Date;
  @ApiProperty({ ...moment, nullable: true, description: 'When the agents that remain are placed elsewhere, also those on a call.' }) deadlineAt!: Date | null;
  @ApiProperty({ type: 'integer', description: 'Agents who are not on a call that are placed elsewhere in a minute.' }) movesPerMinute!: number;
  @ApiProperty({ description: 'Whether it is disabled once nobody is left.' }) thenDisable!: boolean;
  @ApiProperty({ type: 'integer', description: 'How many sat on it when the drain began.' }) agentsAtStart!: number;
  @ApiProperty({ type: 'integer', description: 'How many still do.' }) agentsLeft!: number;
  @ApiProperty({ type: 'integer', description: 'How many of these are on a call, which is waited for.' }) busy!: number;
  @ApiProperty({ type: 'integer', description: 'Calls that still have a leg on it, those of waiting callers too.' }) callsLeft!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Until no agent is left, by rate and deadline; null when it depends on people alone.' }) secondsLeft!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'What holds it up, in one sentence; null when nothing does.' }) heldUpBy!: string | null;
}

export class MediaServerView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() host!: string;
  @ApiProperty() webSocketUrl!: string;
  @ApiProperty() sipUri!: string;
  @ApiProperty({ type: () => AmiView, description: 'Without the secret, which is write-only.' }) ami!: AmiView;
  @ApiProperty({ type: 'integer' }) capacity!: number;
  @ApiProperty() weight!: number;
  @ApiProperty({ type: String, nullable: true }) region!: string | null;
  @ApiProperty({ enum: [...modes], description: 'The operator’s will.' }) mode!: Mode;
  @ApiProperty({ enum: [...healths] }) health!: (typeof healths)[number];
  @ApiProperty({ type: String, nullable: true, description: 'Why it is not healthy, in one sentence; null when it is.' }) healthReason!: string | null;
  @ApiProperty({ type: () => UtilisationView }) utilisation!: UtilisationView;
  @ApiProperty({ type: String, nullable: true, description: 'Of its Asterisk.' }) version!: string | null;
  @ApiProperty({ type: Number, nullable: true }) loadAverage!: number | null;
  @ApiProperty({ ...moment, nullable: true }) lastSeenAt!: Date | null;
  @ApiProperty({ type: String, nullable: true, description: 'The manager that follows its events.' }) amiOwner!: string | null;
  @ApiProperty({ ...moment, nullable: true, description: 'When the agents that remain on a draining server are placed elsewhere.' }) drainDeadlineAt!: Date | null;
  @ApiProperty({ type: () => DrainView, nullable: true, description: 'How its drain goes on; null unless it is draining.' }) drain!: DrainView | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Processors of its machine, as it told.' }) cores!: number | null;
  @ApiProperty(moment) createdAt!: Date;
}

export class MediaServerPage {
  @ApiProperty({ type: () => [MediaServerView] }) items!: MediaServerView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class RealtimeAccessView {
  @ApiProperty({ description: 'Where its Asterisk looks seats up.' }) url!: string;
  @ApiProperty() token!: string;
}

export class EnrolledView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'Proves at the next start that it is the same server.' }) serverToken!: string;
  @ApiProperty({ type: () => RealtimeAccessView }) realtime!: RealtimeAccessView;
  @ApiProperty({ type: [String] }) managers!: string[];
}

export class CreatedMediaServerView extends MediaServerView {
  @ApiProperty({ type: () => EnrolledView, description: 'For provisioning by hand; shown this once.' }) credentials!: EnrolledView;
}

export class EnrolmentTokenView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) uses!: number;
  @ApiProperty({ type: 'integer' }) usesLeft!: number;
  @ApiProperty({ type: String, nullable: true }) allowedCidr!: string | null;
  @ApiProperty({ ...moment, nullable: true }) expiresAt!: Date | null;
  @ApiProperty(moment) createdAt!: Date;
}

export class CreatedEnrolmentTokenView extends EnrolmentTokenView {
  @ApiProperty({ description: 'Shown this once.' }) token!: string;
}

export class EnrolmentTokenPage {
  @ApiProperty({ type: () => [EnrolmentTokenView] }) items!: EnrolmentTokenView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
