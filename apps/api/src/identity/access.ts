import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller as CallerOf } from './caller.js';
import type { Role } from './roles.js';
import type { Scope } from './scopes.js';

export const PUBLIC = Symbol('public');
export const ROLES = Symbol('roles');
export const SCOPES = Symbol('scopes');
export const MACHINES = Symbol('machines');

/** The route needs no token: signing in, health, consoles. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** People of these roles may call the route. Without it, and without @Scopes, nobody may. */
export const Roles = (...roles: Role[]): MethodDecorator => applyDecorators(SetMetadata(ROLES, roles), ...guarded());

/** API keys holding one of these scopes may call the route. Without it no API key may. */
export const Scopes = (...scopes: Scope[]): MethodDecorator => applyDecorators(SetMetadata(SCOPES, scopes), ...guarded());

/** Machines that show this kind of token may call the route, and nobody else: enrolling, realtime lookups. */
export const Machines = (...kinds: MachineKind[]): MethodDecorator => applyDecorators(SetMetadata(MACHINES, kinds), ...guarded());

/** `enrolment`: an enrolment token; `server`: a media server's own token; `realtime`: the token its Asterisk looks seats up with. */
export type MachineKind = 'enrolment' | 'server' | 'realtime';

function guarded(): MethodDecorator[] {
  return [
    ApiBearerAuth('bearer'),
    ApiUnauthorizedResponse({ description: 'No token, or one that is not valid.' }),
    ApiForbiddenResponse({ description: 'Not for this role or scope.' }),
  ];
}

export interface CallerRequest extends FastifyRequest {
  caller?: CallerOf;
}

/** Type and decorator share the name, so that a controller imports one thing. */
export type Caller = CallerOf;

/** Who is asking, as the guard found out: `place(@Caller() caller: Caller)`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CallerRequest>();
  if (caller === undefined) throw new Error('@Caller on a public route');
  return caller;
});
