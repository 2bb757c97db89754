import { AgentEntity } from './agent.entity.js';
import { MediaServerEntity } from './media-server.entity.js';
import { PlacementEntity } from './placement.entity.js';

/** Rows that are read as objects. The other tables are written and read in plain SQL by the one repository that owns them. */
export const entities = [AgentEntity, MediaServerEntity, PlacementEntity];
