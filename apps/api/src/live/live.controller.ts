import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, ApiTooManyRequestsResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Idempotent } from '../idempotency/idempotent.js';
import { Caller, Public, Roles, Scopes } from '../identity/access.js';
import { invalid } from '../problem/problem.js';
import { EventsQuery, sequence, TicketView } from './event.dto.js';
import { EventStream } from './event-stream.js';
import { LiveService } from './live.service.js';

@ApiTags('Live')
@Controller('events')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Post('tickets')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('events:read')
  @Idempotent()
  @ApiOperation({ operationId: 'createEventTicket', summary: 'A ticket that opens the live stream, for a minute' })
  @ApiCreatedResponse({ type: TicketView })
  mint(@Caller() caller: Caller): Promise<TicketView> {
    return this.live.ticketFor(caller);
  }

  @Get()
  @Public()
  @ApiOperation({
    operationId: 'streamEvents',
    summary: 'Server-Sent Events: `id` the sequence, `event` the type, `data` {seq, type, at, subject, data}',
    description: 'Agents see their own events, the rest see all. `event: resync` when the cursor is too old; `event: ping` every ten seconds.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiUnauthorizedResponse({ description: 'The ticket is not good.' })
  @ApiTooManyRequestsResponse({ description: 'Too many streams of this account.' })
  async stream(@Query() query: EventsQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cursor = largerCursor(query.lastEventId, request.headers['last-event-id']);
    const caller = await this.live.admit(query.ticket);
    if (request.method === 'HEAD') {
      await reply.type('text/event-stream').send();
      return;
    }
    reply.hijack();
    const stream = new EventStream(reply.raw, caller);
    try {
      await this.live.feed(stream, cursor, reply.getHeaders(), (close) => reply.raw.once('close', close));
    } catch {
      // The head could not be read: the answer has begun for Fastify, so all that is left is to hang up; the browser comes back.
      reply.raw.destroy();
    }
  }
}

function largerCursor(parameter: string | undefined, header: string | string[] | undefined): number | null {
  if (header !== undefined && (typeof header !== 'string' || !sequence.test(header))) throw invalid([{ parameter: 'Last-Event-ID', message: 'must be the id of an event' }]);
  if (parameter === undefined && header === undefined) return null;
  return Math.max(Number(parameter ?? 0), Number(header ?? 0));
}
