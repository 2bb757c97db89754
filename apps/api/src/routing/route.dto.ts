import { ApiProperty } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { Text } from '../http/fields.js';

/** A plus that was written into a query as it is arrives as a space (application/x-www-form-urlencoded); no number begins with one. */
function plus({ value }: TransformFnParams): unknown {
  return typeof value === 'string' ? value.replace(/^ (?=[0-9])/, '+') : value;
}

export class RouteQuery {
  @Transform(plus)
  @Text({ max: 70, pattern: /^(\+?[0-9*#]{1,40}|agent:[A-Za-z0-9][A-Za-z0-9._@+-]*)$/, says: 'must be a number or agent:<username>', example: '+15550200' })
  to!: string;

  @Transform(plus)
  @Text({ max: 255, min: 0, example: '+15550142', description: 'Whatever the From of the INVITE holds: nobody is turned away for a strange one, what is no number is not shown.' })
  from!: string;

  @Text({ max: 255, pattern: /^[\x21-\x7e]+$/, says: 'must be the Call-ID of the INVITE', example: '3848276298220188511@atlanta.example.com' })
  callId!: string;
}

export class GivenUpQuery {
  @Text({ max: 255, pattern: /^[\x21-\x7e]+$/, says: 'must be the Call-ID of the INVITE', example: '3848276298220188511@atlanta.example.com' })
  callId!: string;
}

export class RouteView {
  @ApiProperty({ description: 'Good for one INVITE, for 30 s.', example: 'sip:t7ptasqkl2xk3b4cfy5dz6e7gh@10.0.0.5:5060' }) target!: string;
  @ApiProperty({ format: 'uuid' }) callId!: string;
  @ApiProperty({ enum: ['agent', 'queue'] }) disposition!: 'agent' | 'queue';
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) agentId!: string | null;
  @ApiProperty({ format: 'uuid' }) mediaServerId!: string;
}

export class ProxyMediaServerView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ example: 'sip:10.0.0.5:5060' }) sipUri!: string;
}

export class ProxyMediaServersView {
  @ApiProperty({ type: () => [ProxyMediaServerView] }) items!: ProxyMediaServerView[];
}
