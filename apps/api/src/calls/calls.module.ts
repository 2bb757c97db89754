import { Module } from '@nestjs/common';
import { CallBook } from './call-book.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';

/** Client legs: what becomes of a call, from its order or INVITE to its one final record. */
@Module({ controllers: [CallsController], providers: [CallsService, CallBook], exports: [CallBook] })
export class CallsModule {}
