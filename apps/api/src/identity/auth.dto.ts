import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Text } from '../http/fields.js';
import { type Role, roles } from './roles.js';
import type { App } from './session.repository.js';

export const apps = ['softphone', 'admin'] as const;

export class LoginBody {
  @Text({ max: 64, example: 'agent1' }) username!: string;
  @Text({ max: 256, writeOnly: true }) password!: string;
}

/** Which console asks: each has a session of its own, so that two people can be signed in beside each other in one browser. */
export class AppQuery {
  @OneOf(apps, { optional: true, description: 'softphone when left out.' }) app?: App;
}

export class UserView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
  @ApiProperty({ enum: [...roles] }) role!: Role;
}

export class SessionView {
  @ApiProperty({ description: 'For `Authorization: Bearer`, ten minutes.' }) accessToken!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: Date;
  @ApiProperty({ type: () => UserView }) user!: UserView;
}

export class SignedOutView {
  @ApiProperty() signedOut!: boolean;
}
