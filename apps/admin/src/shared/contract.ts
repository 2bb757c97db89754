import type { components } from '@nailup/api-client';

/** The manager's resources as its OpenAPI document describes them, under the words of this console. */
type Schemas = components['schemas'];

/** `healthReason`: why it is not healthy, a sentence; a manager of an older version does not tell. */
export type MediaServer = Schemas['MediaServerView'] & { healthReason?: string | null };
export type NewMediaServer = Schemas['CreateMediaServerBody'];
export type MediaServerChange = Schemas['ChangeMediaServerBody'];
export type DrainOrder = Schemas['DrainBody'];
/** How a drain goes on; a manager of an older version does not tell. */
export type Drain = Schemas['DrainView'];
export type Mode = MediaServer['mode'];
export type Health = MediaServer['health'];
export type Utilisation = Schemas['UtilisationView'];
export type Sample = Schemas['SampleView'];
export type EnrolmentToken = Schemas['CreatedEnrolmentTokenView'];
/** What a server entered by hand needs to know; told once. */
export type ServerCredentials = Schemas['CreatedMediaServerView']['credentials'];

export type Agent = Schemas['AgentView'];
export type NewAgent = Schemas['CreateAgentBody'];
export type AgentChange = Schemas['ChangeAgentBody'];
export type AgentState = Agent['state'];
export type SettableState = Schemas['SetStateBody']['state'];
export type Role = Agent['role'];

export type Placement = Schemas['PlacementView'];
export type PlacementState = Placement['state'];
export type Decision = Schemas['DecisionView'];
export type Simulation = Schemas['SimulationView'];

export type ApiKey = Schemas['ApiKeyView'];
export type Scope = ApiKey['scopes'][number];

export type Call = Schemas['CallView'];
export type CallState = Call['state'];
export type EndReason = NonNullable<Call['endReason']>;
export type CallStep = Schemas['CallEventView'];

export type SupervisionMode = Schemas['SuperviseBody']['mode'];
export type Recording = Schemas['RecordingView'];
export type RecordingAccess = Schemas['RecordingAccessView'];

export type Queue = Schemas['QueueView'];
export type QueueInput = Schemas['QueueBody'];
export type PhoneNumber = Schemas['NumberView'];
export type NumberInput = Schemas['NumberBody'];
export type NumberChange = Schemas['ChangeNumberBody'];

/** `etag` names the state they were read in, so that nobody overwrites what was not seen. */
export type Settings = Schemas['SettingsView'] & { etag: string };
export type SettingsChange = Schemas['ChangeSettingsBody'];

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
