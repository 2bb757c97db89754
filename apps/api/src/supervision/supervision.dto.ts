import { ApiProperty } from '@nestjs/swagger';
import { OneOf } from '../http/fields.js';
import { IceServerView, PlacedOnView, SipView } from '../selection/placement.view.js';
import { supervisionModes, type SupervisionMode } from './supervision.record.js';

export class SuperviseBody {
  @OneOf(supervisionModes, { description: 'listen: you hear both; whisper: the agent hears you as well; barge: all hear all.' })
  mode!: SupervisionMode;
}

/** What a supervisor's own leg needs. */
export class SupervisionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) callId!: string;
  @ApiProperty({ enum: [...supervisionModes] }) mode!: SupervisionMode;
  @ApiProperty({ type: PlacedOnView, description: 'Where the agent sits.' }) mediaServer!: PlacedOnView;
  @ApiProperty({ description: 'Of the agent.' }) conference!: string;
  @ApiProperty({ type: SipView, description: 'A fresh secret each time; the leg that joins with it replaces the one before.' }) sip!: SipView;
  @ApiProperty({ type: [IceServerView] }) iceServers!: IceServerView[];
}
