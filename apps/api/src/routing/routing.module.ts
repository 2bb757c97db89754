import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { DispatchRound } from './dispatch-round.js';
import { Dispatcher } from './dispatcher.js';
import { RouteRound } from './route-round.js';
import { RoutesController } from './routes.controller.js';
import { RoutesService } from './routes.service.js';

/** Brings callers to agents: routes for the proxy, and the dispatcher of the queues. */
@Module({ imports: [CallsModule], controllers: [RoutesController], providers: [RoutesService, RouteRound, DispatchRound, Dispatcher] })
export class RoutingModule {}
