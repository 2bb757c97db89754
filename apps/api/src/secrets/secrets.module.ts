import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { DerivedKeys, Keys } from './keys.js';
import { SecretBox } from './secret-box.js';

@Global()
@Module({
  providers: [{ provide: Keys, useFactory: (config: Config) => new DerivedKeys(config.secretKey), inject: [CONFIG] }, SecretBox],
  exports: [Keys, SecretBox],
})
export class SecretsModule {}
