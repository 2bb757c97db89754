import { Module } from '@nestjs/common';
import { AmiAccess } from './ami-access.js';
import { DrainRepository } from './drain.repository.js';
import { DrainKeeper } from './drain-keeper.js';
import { EnrolmentController } from './enrolment.controller.js';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentTokenRepository } from './enrolment-token.repository.js';
import { MediaServerCredentials } from './media-server-credentials.js';
import { MediaServerRepository } from './media-server.repository.js';
import { MediaServersController } from './media-servers.controller.js';
import { MediaServersService } from './media-servers.service.js';

/** The pool: which Asterisk servers there are, how they get in, what the operator wants of them. */
@Module({
  // Enrolment first: its fixed paths stand before /media-servers/:id.
  controllers: [EnrolmentController, MediaServersController],
  providers: [MediaServersService, EnrolmentService, MediaServerRepository, EnrolmentTokenRepository, MediaServerCredentials, AmiAccess, DrainRepository, DrainKeeper],
  exports: [AmiAccess],
})
export class MediaServersModule {}
