import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Text } from '../http/fields.js';
import { agentStates, type AgentState } from '../agents/agent.words.js';

export const transferKinds = ['blind', 'warm'] as const;
export type TransferKind = (typeof transferKinds)[number];

export class TransferBody {
  @Text({
    max: 80, pattern: /^(agent:\S{1,64}|queue:.{1,64}|[+0-9().\-/ ]+)$/, says: 'must be a telephone number, agent:<username> or queue:<name>', example: 'agent:bea',
    description: 'A number as for placing a call, `agent:<username>` or `queue:<name>`.',
  })
  to!: string;

  @OneOf(transferKinds, { description: 'blind: the caller goes at once. warm: the agent talks with the target first, while the caller hears music.' })
  kind!: TransferKind;
}

export class ColleagueView {
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ enum: [...agentStates] }) state!: AgentState;
  @ApiProperty({ description: 'Whether a caller could be handed on to this colleague now.' }) free!: boolean;
}

export class DirectoryQueueView {
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'integer' }) waiting!: number;
}

export class DirectoryView {
  @ApiProperty({ type: () => [ColleagueView] }) items!: ColleagueView[];
  @ApiProperty({ type: () => [DirectoryQueueView] }) queues!: DirectoryQueueView[];
}
