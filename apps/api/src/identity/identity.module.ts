import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessTokens } from './access-tokens.js';
import { AccountRepository } from './account.repository.js';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Authenticator } from './authenticator.js';
import { LoginThrottle } from './login-throttle.js';
import { MachineTokenRepository } from './machine-token.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionRepository } from './session.repository.js';

@Global()
@Module({
  controllers: [AuthController, ApiKeyController],
  providers: [
    AccessTokens, AccountRepository, ApiKeyRepository, ApiKeyService, AuthService, Authenticator, LoginThrottle, MachineTokenRepository, PasswordHasher, SessionRepository,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [Authenticator, LoginThrottle, PasswordHasher, SessionRepository],
})
export class IdentityModule {}
