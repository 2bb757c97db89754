import { type DynamicModule, Global, Inject, Module } from '@nestjs/common';
import type { Config } from './config.js';

export const CONFIG = Symbol('config');

/** Asks for the frozen configuration: `constructor(@TheConfig() private readonly config: Config)`. */
export const TheConfig = (): ParameterDecorator => Inject(CONFIG);

@Global()
@Module({})
export class ConfigModule {
  static register(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
