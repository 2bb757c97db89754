import { Body, Controller, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles } from '../identity/access.js';
import { ChangeSettingsBody, SettingsView } from './settings.dto.js';
import { SettingsService, type VersionedSettings } from './settings.service.js';

const headers = { ETag: { description: 'Which state of the settings this is; for If-Match.', schema: { type: 'string' } } } as const;

@ApiTags('Settings')
@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @Roles('agent', 'supervisor', 'admin')
  @ApiOperation({ summary: 'What holds for the whole pool.' })
  @ApiOkResponse({ type: SettingsView, headers })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<SettingsView> {
    return tagged(reply, await this.settings.readVersioned());
  }

  @Put()
  @Roles('admin')
  @ApiOperation({ summary: 'Replaces what is given; every manager goes by it from then on.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of the settings that were read: refused when they were changed meanwhile. Without it the last writer wins.' })
  @ApiOkResponse({ type: SettingsView, headers })
  @ApiConflictResponse({ description: 'They were changed since they had this ETag.' })
  async replace(@Body() settings: ChangeSettingsBody, @Headers('if-match') ifMatch: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<SettingsView> {
    return tagged(reply, await this.settings.replace(settings, ifMatch));
  }
}

/** A strong tag (RFC 9110 §8.8.3): the same one, the same settings. */
function tagged(reply: FastifyReply, { etag, settings }: VersionedSettings): SettingsView {
  void reply.header('etag', etag);
  return settings;
}
