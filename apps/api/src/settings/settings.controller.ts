import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../identity/access.js';
import { ChangeSettingsBody, SettingsView } from './settings.dto.js';
import { SettingsService } from './settings.service.js';

@ApiTags('Settings')
@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @Roles('agent', 'supervisor', 'admin')
  @ApiOperation({ summary: 'What holds for the whole pool.' })
  @ApiOkResponse({ type: SettingsView })
  read(): Promise<SettingsView> {
    return this.settings.read();
  }

  @Put()
  @Roles('admin')
  @ApiOperation({ summary: 'Replaces what is given; every manager goes by it from then on.' })
  @ApiOkResponse({ type: SettingsView })
  replace(@Body() settings: ChangeSettingsBody): Promise<SettingsView> {
    return this.settings.replace(settings);
  }
}
