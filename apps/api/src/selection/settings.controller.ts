import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { policyNames, type PolicyName } from '@nailup/domain';
import { OneOf } from '../http/fields.js';
import { Roles } from '../identity/access.js';
import { SettingsService } from './settings.service.js';

export class SettingsView {
  @OneOf(policyNames, { description: 'By what the media servers are compared when an agent asks for a seat.' })
  policy!: PolicyName;
}

@ApiTags('Selection')
@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @Roles('supervisor', 'admin')
  @ApiOperation({ summary: 'What holds for the whole pool.' })
  @ApiOkResponse({ type: SettingsView })
  read(): Promise<SettingsView> {
    return this.settings.read();
  }

  @Put()
  @Roles('admin')
  @ApiOperation({ summary: 'Replaces them; the next selection of every manager goes by them.' })
  @ApiOkResponse({ type: SettingsView })
  replace(@Body() settings: SettingsView): Promise<SettingsView> {
    return this.settings.replace(settings);
  }
}
