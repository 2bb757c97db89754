import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { isJsonObject, pointerTo, unknownField } from './body.js';
import { invalid } from './problem.js';

const READS_BODY = Symbol('reads its body itself');

/** The route takes its body from the request, without a DTO, and checks it by itself. */
export const ReadsBody = (): MethodDecorator => SetMetadata(READS_BODY, true);

/** On a route without a body DTO there is nothing to say: no body or `{}` passes, every field is one too many. */
@Injectable()
export class BodilessInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body !== undefined && !takesBody(context)) {
      if (!isJsonObject(body)) throw invalid([{ pointer: '', message: 'must be a JSON object' }]);
      const fields = Object.keys(body);
      if (fields.length > 0) throw invalid(fields.map((name) => unknownField(pointerTo('', name))));
    }
    return next.handle();
  }
}

function takesBody(context: ExecutionContext): boolean {
  const handler = context.getHandler();
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) ?? {}) as Readonly<Record<string, unknown>>;
  return Reflect.getMetadata(READS_BODY, handler) === true || Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}
