import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags, ApiTooManyRequestsResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, Public, Roles } from './access.js';
import { AppQuery, LoginBody, SessionView, SignedOutView, UserView } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh-cookie.js';
import { SameSiteGuard } from './same-site.guard.js';

const defaultApp = 'softphone';
/** An IPv6 address in its longest form; what stands behind it is a zone. */
const longestAddress = 45;

@ApiTags('Identity')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @Public()
  @UseGuards(SameSiteGuard)
  @HttpCode(200)
  @ApiOperation({ operationId: 'login', summary: 'Sign in; the refresh token comes as a cookie' })
  @ApiOkResponse({ type: SessionView })
  @ApiUnauthorizedResponse({ description: 'The user name or the password is wrong, or the account is disabled.' })
  @ApiTooManyRequestsResponse({ description: 'Five failures in a quarter of an hour; `Retry-After` says when.' })
  async login(@Body() body: LoginBody, @Query() query: AppQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    const app = query.app ?? defaultApp;
    const session = await this.auth.login(body.username, body.password, app, request.ip.slice(0, longestAddress));
    setRefreshCookie(request, reply, app, session.refreshToken);
    void reply.header('cache-control', 'no-store');
    return session.view;
  }

  @Post('refresh')
  @Public()
  @UseGuards(SameSiteGuard)
  @HttpCode(200)
  @ApiOperation({ operationId: 'refresh', summary: 'A new access token and a new refresh cookie for the old one' })
  @ApiCookieAuth('refresh')
  @ApiOkResponse({ type: SessionView })
  @ApiUnauthorizedResponse({ description: 'No session, or it has ended.' })
  async refresh(@Query() query: AppQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    const app = query.app ?? defaultApp;
    const session = await this.auth.refresh(readRefreshCookie(request, app), app);
    setRefreshCookie(request, reply, app, session.refreshToken);
    void reply.header('cache-control', 'no-store');
    return session.view;
  }

  @Post('logout')
  @Public()
  @UseGuards(SameSiteGuard)
  @HttpCode(200)
  @ApiOperation({ operationId: 'logout', summary: 'End the session of this application; also when there is none' })
  @ApiCookieAuth('refresh')
  @ApiOkResponse({ type: SignedOutView })
  async logout(@Query() query: AppQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SignedOutView> {
    const app = query.app ?? defaultApp;
    await this.auth.logout(readRefreshCookie(request, app));
    clearRefreshCookie(request, reply, app);
    return { signedOut: true };
  }

  @Get('me')
  @Roles('agent', 'supervisor', 'admin')
  @ApiOperation({ operationId: 'me', summary: 'Who is signed in' })
  @ApiOkResponse({ type: UserView })
  me(@Caller() caller: Caller): Promise<UserView> {
    return this.auth.me(caller.id);
  }
}
