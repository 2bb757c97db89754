import { Module } from '@nestjs/common';
import { RoutesController } from './routes.controller.js';
import { RoutesService } from './routes.service.js';

/** Brings callers to agents: routes for the proxy, and the dispatcher of the queues. */
@Module({ controllers: [RoutesController], providers: [RoutesService] })
export class RoutingModule {}
