import type { components, operations, paths } from './generated/schema.js';

export { type ApiClient, type ApiClientOptions, createApiClient } from './client.js';
export { type ProblemCode, type ProblemDocument, ProblemError } from './problem-error.js';
export type { components, operations, paths };

type Schemas = components['schemas'];

export type Agent = Schemas['AgentView'];
export type ApiKey = Schemas['ApiKeyView'];
export type MediaServer = Schemas['MediaServerView'];
export type Placement = Schemas['PlacementView'];
export type Decision = Schemas['DecisionView'];
export type Session = Schemas['SessionView'];
export type User = Schemas['UserView'];
