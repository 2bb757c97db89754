import { ApiProperty } from '@nestjs/swagger';
import { Flag, ListOf, OneOf, Text } from '../http/fields.js';
import { type AgentState, agentStates, type PlacementState, placementStates, type Role, roles, type SettableState, settableStates, type StateSetter, stateSetters } from './agent.words.js';

const username = { max: 64, pattern: /^[A-Za-z0-9][A-Za-z0-9._@+-]*$/, says: 'must begin with a letter or digit and hold letters, digits and . _ @ + - only', example: 'agent1' };
const displayName = { max: 128, example: 'Ann Archer' };
const password = { min: 8, max: 256, writeOnly: true };
const region = { max: 64, optional: true, nullable: true, description: 'Where the agent is; media servers of the same region come first.' };
const skills = { max: 100, optional: true };

export class CreateAgentBody {
  @Text(username) username!: string;
  @Text(displayName) displayName!: string;
  @Text(password) password!: string;
  @OneOf(roles, { optional: true, description: 'agent when left out.' }) role?: Role;
  @Text(region) region?: string | null;
  @ListOf('text', skills) skills?: string[];
  @Flag({ optional: true }) enabled?: boolean;
}

export class ChangeAgentBody {
  @Text({ ...username, optional: true }) username?: string;
  @Text({ ...displayName, optional: true }) displayName?: string;
  @Text({ ...password, optional: true, description: 'Ends every session of the agent.' }) password?: string;
  @OneOf(roles, { optional: true }) role?: Role;
  @Text(region) region?: string | null;
  @ListOf('text', skills) skills?: string[];
  @Flag({ optional: true, description: 'false ends the seat.' }) enabled?: boolean;
}

export class SetStateBody {
  @OneOf(settableStates) state!: SettableState;
  @Text({ max: 128, optional: true, nullable: true, description: 'Why, as "lunch".' }) reason?: string | null;
}

const moment = { type: String, format: 'date-time' } as const;

export class SeatServerView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() host!: string;
}

/** Where the agent sits; the placement itself has more. */
export class AgentSeatView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: placementStates.filter((state) => state !== 'released' && state !== 'expired') }) state!: PlacementState;
  @ApiProperty(moment) reservedAt!: Date;
  @ApiProperty({ ...moment, nullable: true }) connectedAt!: Date | null;
  @ApiProperty({ ...moment, nullable: true }) lostAt!: Date | null;
  @ApiProperty() conference!: string;
  @ApiProperty({ type: () => SeatServerView }) mediaServer!: SeatServerView;
}

export class AgentView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ enum: [...roles] }) role!: Role;
  @ApiProperty({ type: String, nullable: true }) region!: string | null;
  @ApiProperty({ type: [String] }) skills!: string[];
  @ApiProperty() enabled!: boolean;
  @ApiProperty({ enum: [...agentStates] }) state!: AgentState;
  @ApiProperty({ type: String, nullable: true }) stateReason!: string | null;
  @ApiProperty(moment) stateSince!: Date;
  @ApiProperty({ enum: [...stateSetters], description: 'Whose word the state is; `system`: a call or a seat made it so.' }) stateSetBy!: StateSetter;
  @ApiProperty({ ...moment, nullable: true, description: 'When a wrap-up ends by itself; null for one without an end, and in every other state.' }) wrapUpUntil!: Date | null;
  @ApiProperty({ type: () => AgentSeatView, nullable: true }) placement!: AgentSeatView | null;
}

export class AgentPage {
  @ApiProperty({ type: () => [AgentView] }) items!: AgentView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
