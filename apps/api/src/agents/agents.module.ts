import { Module } from '@nestjs/common';
import { AgentRepository } from './agent.repository.js';
import { AgentsController } from './agents.controller.js';
import { AgentsService } from './agents.service.js';

/** The people: accounts, roles, skills, and what they say they are doing. */
@Module({ controllers: [AgentsController], providers: [AgentsService, AgentRepository] })
export class AgentsModule {}
