import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize } from 'class-validator';
import { ListOf, Moment, Text } from '../http/fields.js';
import { type Scope, scopes } from './scopes.js';

export class CreateApiKeyBody {
  @Text({ max: 64, example: 'CRM' }) name!: string;
  @ListOf(scopes, { max: scopes.length }) @ArrayMinSize(1, { message: 'must hold at least one' }) scopes!: Scope[];
  @Moment({ optional: true, nullable: true, description: 'Never, when left out.' }) expiresAt?: string | null;
}

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: [...scopes], isArray: true }) scopes!: Scope[];
  @ApiProperty({ format: 'date-time' }) createdAt!: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt!: Date | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute.' }) lastUsedAt!: Date | null;
}

export class CreatedApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'Shown this once.' }) key!: string;
}

export class ApiKeyPage {
  @ApiProperty({ type: () => [ApiKeyView] }) items!: ApiKeyView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
