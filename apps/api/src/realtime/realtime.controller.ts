import { Controller, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, Machines } from '../identity/access.js';
import { ReadsBody } from '../problem/bodiless.interceptor.js';
import { problem } from '../problem/problem.js';
import { readConditions } from './realtime-query.js';
import { RealtimeService } from './realtime.service.js';

@ApiTags('For machines')
@Controller('asterisk/realtime')
export class RealtimeController {
  constructor(private readonly realtime: RealtimeService) {}

  @Post(':table/:operation')
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @Machines('realtime')
  @ReadsBody()
  @ApiOperation({ summary: 'res_config_curl: the SIP account of a live placement of the asking media server.' })
  @ApiOkResponse({ description: 'Form-encoded rows, one a line; empty when there is none.' })
  async answer(@Caller() caller: Caller, @Param('table') table: string, @Param('operation') operation: string, @Req() request: FastifyRequest): Promise<string> {
    // Judged after the token: a stranger learns nothing but that one is needed.
    if (request.body !== undefined && !/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
      throw problem('REQUEST.UNSUPPORTED_MEDIA_TYPE', { detail: 'Asterisk asks with a form: application/x-www-form-urlencoded.' });
    }
    return this.realtime.answer(caller.id, table, operation, readConditions(pairsOf(request.body)));
  }
}

/** The form as pairs; a field is a text or nothing. */
function pairsOf(body: unknown): [string, string][] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[key, value]] : []));
}
