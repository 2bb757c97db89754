import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Problem, problem } from '../problem/problem.js';
import { type CallerRequest, type MachineKind, MACHINES, PUBLIC, ROLES, SCOPES } from './access.js';
import { Authenticator } from './authenticator.js';
import type { Caller } from './caller.js';
import type { Role } from './roles.js';
import type { Scope } from './scopes.js';

/** Stands before every route: who asks (401), and whether the route is for them (403). What a route does not allow is forbidden. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places) === true) return true;
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const { authorization } = request.headers;
    const caller = await this.authenticator.identify(authorization);
    if (caller === null) throw problem(authorization === undefined ? 'AUTH.REQUIRED' : 'AUTH.INVALID_TOKEN');
    const refusal = refuse(caller, {
      roles: this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, places) ?? [],
      scopes: this.reflector.getAllAndOverride<Scope[] | undefined>(SCOPES, places) ?? [],
      machines: this.reflector.getAllAndOverride<MachineKind[] | undefined>(MACHINES, places) ?? [],
    });
    if (refusal !== null) throw refusal;
    request.caller = caller;
    return true;
  }
}

function refuse(caller: Caller, allowed: { roles: readonly Role[]; scopes: readonly Scope[]; machines: readonly MachineKind[] }): Problem | null {
  switch (caller.kind) {
    case 'user':
      return allowed.roles.includes(caller.role) ? null : problem('AUTH.FORBIDDEN');
    case 'api-key':
      if (allowed.scopes.some((scope) => caller.scopes.includes(scope))) return null;
      return problem('AUTH.MISSING_SCOPE', { detail: allowed.scopes.length === 0 ? 'This is not for API keys.' : `The key needs the scope ${allowed.scopes.join(' or ')}.` });
    default:
      return allowed.machines.includes(caller.kind) ? null : problem('AUTH.FORBIDDEN');
  }
}
