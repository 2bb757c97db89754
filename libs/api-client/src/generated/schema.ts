// Made from openapi.json by npm run generate. Do not edit.
export interface paths {
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in; the refresh token comes as a cookie */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new access token and a new refresh cookie for the old one */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of this application; also when there is none */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of integrators */
        get: operations["listApiKeys"];
        put?: never;
        /** Make a key; it is shown once */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a key back; also when repeated */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket that opens the live stream, for a minute */
        post: operations["createEventTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-Sent Events: `id` the sequence, `event` the type, `data` {seq, type, at, subject, data}
         * @description Agents see their own events, the rest see all. `event: resync` when the cursor is too old; `event: ping` every ten seconds.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds for the whole pool. */
        get: operations["settingsRead"];
        /** Replaces what is given; every manager goes by it from then on. */
        put: operations["settingsReplace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody, with where they sit */
        get: operations["listAgents"];
        put?: never;
        /** A new agent, offline */
        post: operations["createAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agent; agents see themselves only */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        /** Remove the agent, ending the seat; also when repeated */
        delete: operations["deleteAgent"];
        options?: never;
        head?: never;
        /** Change what is given; `enabled: false` ends the seat */
        patch: operations["changeAgent"];
        trace?: never;
    };
    "/api/v1/agents/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what the agent is doing */
        put: operations["setAgentState"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls, newest first; agents see their own */
        get: operations["listCalls"];
        put?: never;
        /** Call a number from the seat of an agent */
        post: operations["placeCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a call, oldest first */
        get: operations["getCallEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/hangup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the client leg; repeated, it changes nothing */
        post: operations["hangUpCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The client hears music until the call is resumed */
        post: operations["holdCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a held client back to the agent */
        post: operations["resumeCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/dtmf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends tones to the client */
        post: operations["sendDtmf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/disposition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the call ended for the business; ends the wrap-up */
        post: operations["disposeCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This process answers; says nothing about anybody else */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether this manager should be sent requests; each dependency is named
         * @description `degraded`: MySQL is away or late. Seated agents, their calls, heartbeats and lookups of Asterisk go on from memory; what needs MySQL answers 503.
         */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus exposition */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/enrol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A media server joins the pool: first with an enrolment token, again with its server token */
        post: operations["enrolMediaServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/enrolment-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Enrolment tokens, without the tokens themselves */
        get: operations["listEnrolmentTokens"];
        put?: never;
        /** Make a token for new media servers; it is shown once */
        post: operations["createEnrolmentToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/enrolment-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a token back; also when repeated */
        delete: operations["revokeEnrolmentToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pool, with its present utilisation */
        get: operations["listMediaServers"];
        put?: never;
        /** Add a media server by hand */
        post: operations["createMediaServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One media server */
        get: operations["getMediaServer"];
        put?: never;
        post?: never;
        /** Remove an empty media server; also when repeated */
        delete: operations["deleteMediaServer"];
        options?: never;
        head?: never;
        /** Change what is given; `mode: disabled` ends every seat on it */
        patch: operations["changeMediaServer"];
        trace?: never;
    };
    "/api/v1/media-servers/{id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take nobody new; place idle agents elsewhere one after the other, the others after their call */
        post: operations["drainMediaServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take agents again */
        post: operations["resumeMediaServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every queue */
        get: operations["listQueues"];
        put?: never;
        /** A new queue */
        post: operations["createQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove the queue; also when repeated */
        delete: operations["deleteQueue"];
        options?: never;
        head?: never;
        /** Change what is given */
        patch: operations["changeQueue"];
        trace?: never;
    };
    "/api/v1/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every number */
        get: operations["listNumbers"];
        put?: never;
        /** A new number */
        post: operations["createNumber"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove the number; also when repeated */
        delete: operations["deleteNumber"];
        options?: never;
        head?: never;
        /** Change what is given */
        patch: operations["changeNumber"];
        trace?: never;
    };
    "/api/v1/asterisk/realtime/{table}/{operation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** res_config_curl: the SIP account of a live placement of the asking media server. */
        post: operations["realtimeAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins, pauses, goes on with or ends the recording of a call */
        post: operations["recordCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One recording; agents see those of their own calls */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /** Removes a recording; repeated, it changes nothing */
        delete: operations["deleteRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sound of a recording, or a part of it */
        get: operations["hearRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who read, heard or removed a recording, newest first */
        get: operations["listRecordingAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/asterisk/recordings/{callId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A media server hands over the recording of a call of its own; repeated, it changes nothing */
        put: operations["uploadRecording"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the SIP proxy sends this INVITE; asked again within 60 s, the same answer */
        get: operations["routeCall"];
        put?: never;
        post?: never;
        /** The caller of this INVITE has given up (CANCEL): what was promised is taken back at once, unless the caller is through already */
        delete: operations["giveUpRoute"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proxy/media-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the SIP proxy may send client legs to and take them from */
        get: operations["listProxyMediaServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Placements, newest first; agents see their own. */
        get: operations["placementsList"];
        put?: never;
        /** Which media server for this agent? The least utilised one, or the seat they have. */
        post: operations["placementsPlace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where so many agents would go now; nothing is reserved. */
        post: operations["placementsSimulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["placementsGet"];
        put?: never;
        post?: never;
        /** Leaves the seat. */
        delete: operations["placementsRelease"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why this media server: each one that was considered, with the reason. */
        get: operations["placementsDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The browser lives. Every 5 s; once begun, 15 s of silence end the leg. */
        post: operations["placementsHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{id}/failure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** No audio there: releases the seat and keeps that media server away from the agent for 60 s. */
        post: operations["placementsFail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/{id}/capacity-advice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many agents it can hold, as far as a week of its load tells */
        get: operations["getCapacityAdvice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media-servers/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How full a media server was over time */
        get: operations["getMediaServerStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/supervision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Listen to a call, whisper to its agent or barge in; again with another mode, it changes over without hanging up */
        post: operations["superviseCall"];
        /** Ends your supervision of the call; repeated, it changes nothing */
        delete: operations["stopSupervision"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands the client on to a colleague, a queue or a number; warm: talks with the target first */
        post: operations["transferCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/transfer/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The client goes to whom was asked; the agent is free */
        post: operations["completeTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/transfer/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who was asked goes; the client comes back to the agent */
        post: operations["cancelTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/transfer/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The client joins agent and target: all hear each other */
        post: operations["joinTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Colleagues and queues a caller can be handed on to: names and whether they are free, nothing else */
        get: operations["readDirectory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        LoginBody: {
            /** @example agent1 */
            username: string;
            password: string;
        };
        UserView: {
            /** Format: uuid */
            id: string;
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "agent" | "supervisor" | "admin";
        };
        SessionView: {
            /** @description For `Authorization: Bearer`, ten minutes. */
            accessToken: string;
            /** Format: date-time */
            expiresAt: string;
            user: components["schemas"]["UserView"];
        };
        SignedOutView: {
            signedOut: boolean;
        };
        ApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("agents:read" | "agents:write" | "media-servers:read" | "placements:write" | "calls:write" | "calls:read" | "routes:read" | "events:read" | "webhooks:write")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKeyView"][];
            nextCursor: string | null;
        };
        CreateApiKeyBody: {
            /** @example CRM */
            name: string;
            scopes: ("agents:read" | "agents:write" | "media-servers:read" | "placements:write" | "calls:write" | "calls:read" | "routes:read" | "events:read" | "webhooks:write")[];
            /**
             * Format: date-time
             * @description Never, when left out.
             */
            expiresAt?: string | null;
        };
        CreatedApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("agents:read" | "agents:write" | "media-servers:read" | "placements:write" | "calls:write" | "calls:read" | "routes:read" | "events:read" | "webhooks:write")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt: string | null;
            /** @description Shown this once. */
            key: string;
        };
        TicketView: {
            ticket: string;
            /** Format: date-time */
            expiresAt: string;
        };
        DispositionSetting: {
            /** @example sale */
            code: string;
            /** @example Sale */
            label: string;
        };
        DiallingSettings: {
            /** @description The kill switch: false lets no call out. */
            enabled: boolean;
            /** @description ISO 3166 codes of the countries that may be called; the first one is whose national numbers are understood. */
            countries: string[];
            /** @description Beginnings of numbers that may be called besides, as +155501. */
            alsoAllowed: string[];
            /** @description Whether emergency numbers may be called. */
            emergency: boolean;
            /** @description Most calls an agent may begin in a minute. */
            callsPerMinute: number;
            /** @description The number shown when a call names none. */
            callerId: string | null;
        };
        SupervisionSettings: {
            /** @description Whether the agent is shown that a supervisor listens, whispers or has barged in; supervisions that begin from now on. */
            visibleToAgent: boolean;
        };
        RecordingSettings: {
            /**
             * @description `on-demand`: agents begin and end it. `always`: it begins with the call; agents may pause it and not end it.
             * @enum {string}
             */
            mode: "off" | "on-demand" | "always";
            /** @description Recordings are removed after so many days. */
            retentionDays: number;
        };
        SettingsView: {
            /**
             * @description By what the media servers are compared when an agent asks for a seat.
             * @enum {string}
             */
            policy: "agents-in-call" | "talking" | "load-average";
            /**
             * @description Where agents wait between calls; seats taken from now on.
             * @enum {string}
             */
            parking: "conference" | "holding";
            /** @description Why an agent may pause. */
            pauseReasons: string[];
            /** @description How a call may have ended for the business. */
            dispositions: components["schemas"]["DispositionSetting"][];
            /** @description Longest wrap-up after a call; 0 for none. */
            wrapUpSeconds: number;
            dialling: components["schemas"]["DiallingSettings"];
            supervision: components["schemas"]["SupervisionSettings"];
            recording: components["schemas"]["RecordingSettings"];
        };
        ChangeSettingsBody: {
            /** @enum {string} */
            policy?: "agents-in-call" | "talking" | "load-average";
            /** @enum {string} */
            parking?: "conference" | "holding";
            pauseReasons?: string[];
            dispositions?: components["schemas"]["DispositionSetting"][];
            wrapUpSeconds?: number;
            dialling?: components["schemas"]["DiallingSettings"];
            supervision?: components["schemas"]["SupervisionSettings"];
            recording?: components["schemas"]["RecordingSettings"];
        };
        SeatServerView: {
            /** Format: uuid */
            id: string;
            name: string;
            host: string;
        };
        AgentSeatView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "reserved" | "connected" | "lost";
            /** Format: date-time */
            reservedAt: string;
            /** Format: date-time */
            connectedAt: string | null;
            /** Format: date-time */
            lostAt: string | null;
            conference: string;
            mediaServer: components["schemas"]["SeatServerView"];
        };
        AgentView: {
            /** Format: uuid */
            id: string;
            username: string;
            displayName: string;
            /** @enum {string} */
            role: "agent" | "supervisor" | "admin";
            region: string | null;
            skills: string[];
            enabled: boolean;
            /** @enum {string} */
            state: "ready" | "paused" | "wrap-up" | "offline" | "on-call";
            stateReason: string | null;
            /** Format: date-time */
            stateSince: string;
            /**
             * @description Whose word the state is; `system`: a call or a seat made it so.
             * @enum {string}
             */
            stateSetBy: "self" | "supervisor" | "integrator" | "system";
            /**
             * Format: date-time
             * @description When a wrap-up ends by itself; null for one without an end, and in every other state.
             */
            wrapUpUntil: string | null;
            placement: components["schemas"]["AgentSeatView"] | null;
        };
        AgentPage: {
            items: components["schemas"]["AgentView"][];
            nextCursor: string | null;
        };
        CreateAgentBody: {
            /** @example agent1 */
            username: string;
            /** @example Ann Archer */
            displayName: string;
            password: string;
            /**
             * @description agent when left out.
             * @enum {string}
             */
            role?: "agent" | "supervisor" | "admin";
            /** @description Where the agent is; media servers of the same region come first. */
            region?: string | null;
            skills?: string[];
            enabled?: boolean;
        };
        ChangeAgentBody: {
            /** @example agent1 */
            username?: string;
            /** @example Ann Archer */
            displayName?: string;
            /** @description Ends every session of the agent. */
            password?: string;
            /** @enum {string} */
            role?: "agent" | "supervisor" | "admin";
            /** @description Where the agent is; media servers of the same region come first. */
            region?: string | null;
            skills?: string[];
            /** @description false ends the seat. */
            enabled?: boolean;
        };
        SetStateBody: {
            /** @enum {string} */
            state: "ready" | "paused" | "wrap-up" | "offline";
            /** @description Why, as "lunch". */
            reason?: string | null;
        };
        PlaceCallBody: {
            /**
             * Format: uuid
             * @description Who calls; the caller of this route by default. Needed with an API key.
             */
            agentId?: string;
            /**
             * @description Whom to call, in any common notation; national numbers are read as of the first allowed country.
             * @example +15550101
             */
            to: string;
            /**
             * @description The number shown to the other side.
             * @example +15550101
             */
            callerId?: string;
            /** @description 45 when left out. */
            ringTimeoutSeconds?: number;
        };
        CallAgentView: {
            /** Format: uuid */
            id: string;
            username: string;
            displayName: string;
        };
        NamedView: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        ConsultationView: {
            /** Format: uuid */
            callId: string;
            /** @enum {string} */
            state: "queued" | "dialing" | "ringing" | "answered" | "held" | "ended";
            /** @description A number, or agent:<username>. */
            to: string;
            /** @description Of the colleague. */
            displayName: string | null;
            /** @enum {string|null} */
            endReason: "caller-hung-up" | "agent-hung-up" | "busy" | "no-answer" | "cancelled" | "rejected" | "congestion" | "media-server-failed" | "abandoned" | "transferred" | "limit" | null;
        };
        CallQualityView: {
            mos: number | null;
            jitterMs: number | null;
            lossPercent: number | null;
            rttMs: number | null;
        };
        CallRecordingView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "recording" | "paused";
        };
        CallView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            direction: "inbound" | "outbound";
            /** Format: uuid */
            agentId: string | null;
            agent: components["schemas"]["CallAgentView"] | null;
            /** Format: uuid */
            placementId: string | null;
            /**
             * Format: uuid
             * @description Where the client leg meets the agent, or waits.
             */
            mediaServerId: string | null;
            mediaServer: components["schemas"]["NamedView"] | null;
            /** @description The media server the caller came in by, where that is another one. */
            farMediaServer: components["schemas"]["NamedView"] | null;
            /** Format: uuid */
            queueId: string | null;
            queue: components["schemas"]["NamedView"] | null;
            from: string;
            to: string;
            /** @enum {string} */
            state: "queued" | "dialing" | "ringing" | "answered" | "held" | "ended";
            /**
             * Format: date-time
             * @description When the present state began; of a held call, when the hold did.
             */
            stateSince: string;
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: uuid
             * @description The call this one came of.
             */
            originCallId: string | null;
            /**
             * @description consultation: about the origin; onward: its caller on the way to a number.
             * @enum {string|null}
             */
            purpose: "consultation" | "onward" | null;
            /** @description The last one about this call. */
            consultation: components["schemas"]["ConsultationView"] | null;
            /**
             * Format: uuid
             * @description The agent who handed the caller on.
             */
            transferredBy: string | null;
            /** Format: date-time */
            ringingAt: string | null;
            /** Format: date-time */
            answeredAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** @enum {string|null} */
            endReason: "caller-hung-up" | "agent-hung-up" | "busy" | "no-answer" | "cancelled" | "rejected" | "congestion" | "media-server-failed" | "abandoned" | "transferred" | "limit" | null;
            /** @description ITU-T Q.850. */
            hangupCause: number | null;
            /** @description The cause in plain words. */
            hangupText: string | null;
            quality: components["schemas"]["CallQualityView"] | null;
            /** @description Ids of recordings, oldest first. */
            recordings: string[];
            /** @description The recording that runs now. */
            recording: components["schemas"]["CallRecordingView"] | null;
            disposition: string | null;
            note: string | null;
        };
        CallPage: {
            items: components["schemas"]["CallView"][];
            nextCursor: string | null;
        };
        CallEventView: {
            /** Format: date-time */
            at: string;
            /** @description As in the live stream, or a step of the client leg (`leg.…`). */
            type: string;
            data: {
                [key: string]: unknown;
            };
        };
        CallLadderView: {
            items: components["schemas"]["CallEventView"][];
        };
        DtmfBody: {
            /** @example 1# */
            digits: string;
        };
        DispositionBody: {
            /** @description One of the dispositions of the settings. */
            code: string;
            note?: string | null;
        };
        AmiBody: {
            /**
             * @description Where managers reach AMI.
             * @example ms1.example.org
             */
            host: string;
            /** @description 5039 with TLS, 5038 without, when left out. */
            port?: number;
            /** @description false when left out. */
            tls?: boolean;
            /**
             * @description Pins the certificate authority of AMI over TLS.
             * @example -----BEGIN CERTIFICATE-----
             *     MIIBAA==
             *     -----END CERTIFICATE-----
             */
            caCertificate?: string | null;
            username: string;
            secret: string;
        };
        EnrolBody: {
            /** @example ms1 */
            name: string;
            /**
             * @description Public IP address or name that agents reach.
             * @example ms1.example.org
             */
            host: string;
            /** @example wss://ms1.example.org:8089/ws */
            webSocketUrl: string;
            /** @example sip:10.0.0.5:5060 */
            sipUri: string;
            ami: components["schemas"]["AmiBody"];
            /** @description 100 when left out. Only the first enrolment says it; later it is the operator’s. */
            capacity?: number;
            /** @description Only the first enrolment says it. */
            region?: string | null;
            /** @description Processors of the machine, to advise its capacity by. */
            cores?: number;
        };
        RealtimeAccessView: {
            /** @description Where its Asterisk looks seats up. */
            url: string;
            token: string;
        };
        EnrolledView: {
            /** Format: uuid */
            id: string;
            /** @description Proves at the next start that it is the same server. */
            serverToken: string;
            realtime: components["schemas"]["RealtimeAccessView"];
            managers: string[];
        };
        EnrolmentTokenView: {
            /** Format: uuid */
            id: string;
            uses: number;
            usesLeft: number;
            allowedCidr: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        EnrolmentTokenPage: {
            items: components["schemas"]["EnrolmentTokenView"][];
            nextCursor: string | null;
        };
        CreateEnrolmentTokenBody: {
            /**
             * Format: date-time
             * @description A day from now, when left out.
             */
            expiresAt?: string | null;
            /** @description How many media servers it admits; one when left out. */
            uses?: number;
            /**
             * @description Only hosts within this block may enrol.
             * @example 203.0.113.0/24
             */
            allowedCidr?: string | null;
        };
        CreatedEnrolmentTokenView: {
            /** Format: uuid */
            id: string;
            uses: number;
            usesLeft: number;
            allowedCidr: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description Shown this once. */
            token: string;
        };
        AmiView: {
            host: string;
            port: number;
            tls: boolean;
            caCertificate: string | null;
            username: string;
        };
        UtilisationView: {
            /** @description connected + lost */
            agentsInCall: number;
            reserved: number;
            /** @description Seats with a client leg. */
            talking: number;
            capacity: number;
            /** @description (agentsInCall + reserved) / (capacity × weight) */
            ratio: number;
        };
        DrainView: {
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: date-time
             * @description When the agents that remain are placed elsewhere, also those on a call.
             */
            deadlineAt: string | null;
            /** @description Agents who are not on a call that are placed elsewhere in a minute. */
            movesPerMinute: number;
            /** @description Whether it is disabled once nobody is left. */
            thenDisable: boolean;
            /** @description How many sat on it when the drain began. */
            agentsAtStart: number;
            /** @description How many still do. */
            agentsLeft: number;
            /** @description How many of these are on a call, which is waited for. */
            busy: number;
            /** @description Calls that still have a leg on it, those of waiting callers too. */
            callsLeft: number;
            /** @description Until no agent is left, by rate and deadline; null when it depends on people alone. */
            secondsLeft: number | null;
            /** @description What holds it up, in one sentence; null when nothing does. */
            heldUpBy: string | null;
        };
        MediaServerView: {
            /** Format: uuid */
            id: string;
            name: string;
            host: string;
            webSocketUrl: string;
            sipUri: string;
            /** @description Without the secret, which is write-only. */
            ami: components["schemas"]["AmiView"];
            capacity: number;
            weight: number;
            region: string | null;
            /**
             * @description The operator’s will.
             * @enum {string}
             */
            mode: "active" | "draining" | "disabled";
            /** @enum {string} */
            health: "unknown" | "healthy" | "suspect" | "down";
            /** @description Why it is not healthy, in one sentence; null when it is. */
            healthReason: string | null;
            utilisation: components["schemas"]["UtilisationView"];
            /** @description Of its Asterisk. */
            version: string | null;
            loadAverage: number | null;
            /** Format: date-time */
            lastSeenAt: string | null;
            /** @description The manager that follows its events. */
            amiOwner: string | null;
            /**
             * Format: date-time
             * @description When the agents that remain on a draining server are placed elsewhere.
             */
            drainDeadlineAt: string | null;
            /** @description How its drain goes on; null unless it is draining. */
            drain: components["schemas"]["DrainView"] | null;
            /** @description Processors of its machine, as it told. */
            cores: number | null;
            /** Format: date-time */
            createdAt: string;
        };
        MediaServerPage: {
            items: components["schemas"]["MediaServerView"][];
            nextCursor: string | null;
        };
        CreateMediaServerBody: {
            /** @example ms1 */
            name: string;
            /**
             * @description Public IP address or name that agents reach.
             * @example ms1.example.org
             */
            host: string;
            /** @example wss://ms1.example.org:8089/ws */
            webSocketUrl: string;
            /**
             * @description Where the SIP proxy sends client legs.
             * @example sip:10.0.0.5:5060
             */
            sipUri: string;
            ami: components["schemas"]["AmiBody"];
            /** @description Most placements it may hold. */
            capacity: number;
            /** @description How much of the load it takes beside others; 1 when left out. */
            weight?: number;
            region?: string | null;
            /**
             * @description active when left out.
             * @enum {string}
             */
            mode?: "active" | "draining" | "disabled";
        };
        CreatedMediaServerView: {
            /** Format: uuid */
            id: string;
            name: string;
            host: string;
            webSocketUrl: string;
            sipUri: string;
            /** @description Without the secret, which is write-only. */
            ami: components["schemas"]["AmiView"];
            capacity: number;
            weight: number;
            region: string | null;
            /**
             * @description The operator’s will.
             * @enum {string}
             */
            mode: "active" | "draining" | "disabled";
            /** @enum {string} */
            health: "unknown" | "healthy" | "suspect" | "down";
            /** @description Why it is not healthy, in one sentence; null when it is. */
            healthReason: string | null;
            utilisation: components["schemas"]["UtilisationView"];
            /** @description Of its Asterisk. */
            version: string | null;
            loadAverage: number | null;
            /** Format: date-time */
            lastSeenAt: string | null;
            /** @description The manager that follows its events. */
            amiOwner: string | null;
            /**
             * Format: date-time
             * @description When the agents that remain on a draining server are placed elsewhere.
             */
            drainDeadlineAt: string | null;
            /** @description How its drain goes on; null unless it is draining. */
            drain: components["schemas"]["DrainView"] | null;
            /** @description Processors of its machine, as it told. */
            cores: number | null;
            /** Format: date-time */
            createdAt: string;
            /** @description For provisioning by hand; shown this once. */
            credentials: components["schemas"]["EnrolledView"];
        };
        ChangeAmiBody: {
            /** @example ms1.example.org */
            host?: string;
            port?: number;
            tls?: boolean;
            /**
             * @description Pins the certificate authority of AMI over TLS.
             * @example -----BEGIN CERTIFICATE-----
             *     MIIBAA==
             *     -----END CERTIFICATE-----
             */
            caCertificate?: string | null;
            username?: string;
            secret?: string;
        };
        ChangeMediaServerBody: {
            /** @example ms1 */
            name?: string;
            /** @example ms1.example.org */
            host?: string;
            /** @example wss://ms1.example.org:8089/ws */
            webSocketUrl?: string;
            /** @example sip:10.0.0.5:5060 */
            sipUri?: string;
            ami?: components["schemas"]["ChangeAmiBody"];
            /** @description Most placements it may hold. */
            capacity?: number;
            /** @description How much of the load it takes beside others; 1 when left out. */
            weight?: number;
            region?: string | null;
            /**
             * @description disabled ends every seat.
             * @enum {string}
             */
            mode?: "active" | "draining" | "disabled";
        };
        DrainBody: {
            /** @description After this long the agents that remain are placed elsewhere, also those on a call. Without it a call is waited for. */
            deadlineSeconds?: number | null;
            /** @description How many agents who are not on a call are placed elsewhere in a minute, while another media server has room; 10 when left out, 0 moves nobody. */
            movesPerMinute?: number;
            /** @description Disable it once nobody is left on it; false when left out. */
            thenDisable?: boolean;
        };
        QueueView: {
            /** Format: uuid */
            id: string;
            name: string;
            skills: string[];
            musicClass: string | null;
            maxWaitSeconds: number | null;
            /** @description Callers who wait now. */
            waiting: number;
            /**
             * Format: date-time
             * @description Since when the first of them waits.
             */
            waitingSince: string | null;
        };
        QueuePage: {
            items: components["schemas"]["QueueView"][];
            nextCursor: string | null;
        };
        QueueBody: {
            /** @example Support */
            name: string;
            /** @description An agent must have all of them to be given callers of this queue. */
            skills?: string[];
            /** @description What callers hear; the default music when left out. */
            musicClass?: string | null;
            /** @description A caller who waited as long is let go; no limit when left out. */
            maxWaitSeconds?: number | null;
        };
        ChangeQueueBody: {
            /** @example Support */
            name?: string;
            /** @description An agent must have all of them to be given callers of this queue. */
            skills?: string[];
            /** @description What callers hear; the default music when left out. */
            musicClass?: string | null;
            /** @description A caller who waited as long is let go; no limit when left out. */
            maxWaitSeconds?: number | null;
        };
        NumberView: {
            /** Format: uuid */
            id: string;
            number: string;
            /** Format: uuid */
            queueId: string | null;
            /** Format: uuid */
            agentId: string | null;
        };
        NumberPage: {
            items: components["schemas"]["NumberView"][];
            nextCursor: string | null;
        };
        NumberBody: {
            /** @example +15550200 */
            number: string;
            /**
             * Format: uuid
             * @description Either a queue or an agent.
             */
            queueId?: string | null;
            /** Format: uuid */
            agentId?: string | null;
        };
        ChangeNumberBody: {
            /**
             * Format: uuid
             * @description Either a queue or an agent.
             */
            queueId?: string | null;
            /** Format: uuid */
            agentId?: string | null;
        };
        RecordingOrderBody: {
            /** @enum {string} */
            action: "start" | "pause" | "resume" | "stop";
        };
        PauseView: {
            fromSeconds: number;
            /** @description null while it lasts. */
            toSeconds: number | null;
        };
        RecordingView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            callId: string;
            /**
             * Format: uuid
             * @description Where it was recorded.
             */
            mediaServerId: string;
            /**
             * @description `stopped`: its media server has not handed it over yet.
             * @enum {string}
             */
            state: "recording" | "paused" | "stopped" | "stored" | "failed";
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            pausedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: date-time */
            storedAt: string | null;
            /** @description Silence in the place of what was said, in seconds of the recording. */
            pauses: components["schemas"]["PauseView"][];
            seconds: number | null;
            bytes: number | null;
            /** @description Why there is no sound, in a sentence. */
            failure: string | null;
        };
        RecordingAccessView: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            what: "read" | "heard" | "deleted" | "expired";
            /** @enum {string} */
            by: "user" | "api-key" | "system";
            /** Format: uuid */
            byId: string | null;
            byName: string | null;
            /** @description The bytes that were asked for. */
            detail: string | null;
        };
        RecordingAccessPage: {
            items: components["schemas"]["RecordingAccessView"][];
            nextCursor: string | null;
        };
        RouteView: {
            /**
             * @description Good for one INVITE, for 30 s.
             * @example sip:t7ptasqkl2xk3b4cfy5dz6e7gh@10.0.0.5:5060
             */
            target: string;
            /** Format: uuid */
            callId: string;
            /** @enum {string} */
            disposition: "agent" | "queue";
            /** Format: uuid */
            agentId: string | null;
            /** Format: uuid */
            mediaServerId: string;
        };
        ProxyMediaServerView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @example sip:10.0.0.5:5060 */
            sipUri: string;
        };
        ProxyMediaServersView: {
            items: components["schemas"]["ProxyMediaServerView"][];
        };
        PlaceRequest: {
            /**
             * Format: uuid
             * @description Whose seat; the caller by default. Needed with an API key.
             */
            agentId?: string;
            /** @description Preferred region; the agent's own by default. */
            region?: string | null;
            /** @description Media servers to leave out. Naming the present one moves the seat. */
            exclude?: string[];
        };
        PlacedOnView: {
            /** Format: uuid */
            id: string;
            name: string;
            host: string;
            webSocketUrl: string;
            sipDomain: string;
        };
        IceServerView: {
            urls: string[];
            username?: string;
            credential?: string;
        };
        DecisionSummaryView: {
            /** @enum {string} */
            policy: "agents-in-call" | "talking" | "load-average";
            /**
             * Format: uuid
             * @description The media server that was chosen.
             */
            chosen: string;
            eligibleCount: number;
        };
        SipView: {
            username: string;
            /** @description Told once. */
            password: string;
            /** @description Own identity. */
            uri: string;
            /** @description What to INVITE; no REGISTER is needed. */
            target: string;
            /**
             * Format: date-time
             * @description Bounds new INVITEs.
             */
            expiresAt: string;
        };
        PlacementView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            agentId: string;
            /** @enum {string} */
            state: "reserved" | "connected" | "lost" | "released" | "expired";
            /** Format: date-time */
            reservedAt: string;
            /**
             * Format: date-time
             * @description null once connected.
             */
            expiresAt: string | null;
            /** Format: date-time */
            connectedAt: string | null;
            /** Format: date-time */
            lostAt: string | null;
            /** Format: date-time */
            releasedAt: string | null;
            releaseReason: string | null;
            mediaServer: components["schemas"]["PlacedOnView"];
            conference: string;
            /** @enum {string} */
            parking: "conference" | "holding";
            iceServers: components["schemas"]["IceServerView"][];
            decision: components["schemas"]["DecisionSummaryView"];
            /** @description Only in the answer of POST. */
            sip?: components["schemas"]["SipView"];
        };
        PlacementPageView: {
            items: components["schemas"]["PlacementView"][];
            nextCursor: string | null;
        };
        SimulateRequest: {
            /** @description How many agents without history. */
            count: number;
            region?: string | null;
        };
        SimulatedSeatsView: {
            /** Format: uuid */
            mediaServerId: string;
            count: number;
        };
        SimulationView: {
            items: components["schemas"]["SimulatedSeatsView"][];
            unplaced: number;
        };
        ConsideredView: {
            /** Format: uuid */
            mediaServerId: string;
            ratio: number;
            eligible: boolean;
            /** @description The step of the ladder at which it fell. */
            step: string | null;
            reason: string;
        };
        DecisionView: {
            /** @enum {string} */
            policy: "agents-in-call" | "talking" | "load-average";
            /**
             * Format: uuid
             * @description The media server that was chosen.
             */
            chosen: string;
            eligibleCount: number;
            /** @description Empty when the decision is older than 30 days. */
            considered: components["schemas"]["ConsideredView"][];
        };
        HeartbeatView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "reserved" | "connected" | "lost" | "released" | "expired";
        };
        FailureReport: {
            /**
             * @description How far the browser came.
             * @enum {string}
             */
            stage: "websocket" | "sip" | "ice" | "media";
            reason: string;
        };
        CapacityAdviceView: {
            /** @description Advised capacity; null when nothing can be advised yet. */
            capacity: number | null;
            /** @description Why, in one sentence. */
            reason: string;
            /** @description Minutes it was learnt from. */
            samples: number;
            /** @description What one agent adds to the load average of the machine. */
            loadPerSeat: number | null;
        };
        SampleView: {
            /**
             * Format: date-time
             * @description The start of the step.
             */
            at: string;
            agentsInCall: number;
            reserved: number;
            talking: number;
            capacity: number;
            /** @description Load average of the machine. */
            loadAverage: number | null;
        };
        StatisticsView: {
            /** @description In order of time; steps nothing is known of are absent. */
            items: components["schemas"]["SampleView"][];
        };
        SuperviseBody: {
            /**
             * @description listen: you hear both; whisper: the agent hears you as well; barge: all hear all.
             * @enum {string}
             */
            mode: "listen" | "whisper" | "barge";
        };
        SupervisionView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            callId: string;
            /** @enum {string} */
            mode: "listen" | "whisper" | "barge";
            /** @description Where the agent sits. */
            mediaServer: components["schemas"]["PlacedOnView"];
            /** @description Of the agent. */
            conference: string;
            /** @description A fresh secret each time; the leg that joins with it replaces the one before. */
            sip: components["schemas"]["SipView"];
            iceServers: components["schemas"]["IceServerView"][];
        };
        TransferBody: {
            /**
             * @description A number as for placing a call, `agent:<username>` or `queue:<name>`.
             * @example agent:bea
             */
            to: string;
            /**
             * @description blind: the caller goes at once. warm: the agent talks with the target first, while the caller hears music.
             * @enum {string}
             */
            kind: "blind" | "warm";
        };
        ColleagueView: {
            username: string;
            displayName: string;
            /** @enum {string} */
            state: "ready" | "paused" | "wrap-up" | "offline" | "on-call";
            /** @description Whether a caller could be handed on to this colleague now. */
            free: boolean;
        };
        DirectoryQueueView: {
            name: string;
            waiting: number;
        };
        DirectoryView: {
            items: components["schemas"]["ColleagueView"][];
            queues: components["schemas"]["DirectoryQueueView"][];
        };
        Problem: {
            /** @description `urn:nailup:problem:` and the code. */
            type: string;
            title: string;
            status: number;
            /** @description What is special about this occurrence, or else what helps; for a person. */
            detail: string;
            /**
             * @description Stable; programs decide by it.
             * @enum {string}
             */
            code: "REQUEST.INVALID" | "REQUEST.NOT_FOUND" | "REQUEST.TOO_LARGE" | "REQUEST.UNSUPPORTED_MEDIA_TYPE" | "REQUEST.TOO_MANY" | "REQUEST.HEADERS_TOO_LARGE" | "REQUEST.REFUSED" | "AUTH.REQUIRED" | "AUTH.INVALID_TOKEN" | "AUTH.INVALID_CREDENTIALS" | "AUTH.SESSION_ENDED" | "AUTH.FORBIDDEN" | "AUTH.MISSING_SCOPE" | "AUTH.CROSS_SITE" | "AUTH.TOO_MANY_ATTEMPTS" | "AUTH.BUSY" | "IDEMPOTENCY.KEY_REUSED" | "IDEMPOTENCY.IN_PROGRESS" | "API_KEY.NOT_FOUND" | "AGENT.NOT_FOUND" | "AGENT.USERNAME_TAKEN" | "AGENT.LAST_ADMIN" | "AGENT.ON_CALL" | "AGENT.DISABLED" | "MEDIA_SERVER.NOT_FOUND" | "MEDIA_SERVER.NAME_TAKEN" | "MEDIA_SERVER.HAS_PLACEMENTS" | "MEDIA_SERVER.DISABLED" | "ENROLMENT.HOST_NOT_ALLOWED" | "ENROLMENT.TOKEN_SPENT" | "ENROLMENT.TOKEN_NOT_FOUND" | "SELECTION.NO_ELIGIBLE_SERVER" | "SELECTION.POOL_FULL" | "PLACEMENT.NOT_FOUND" | "PLACEMENT.ENDED" | "PLACEMENT.CONFLICT" | "CALL.NOT_FOUND" | "CALL.ENDED" | "CALL.WRONG_STATE" | "CALL.NO_SEAT" | "CALL.AGENT_BUSY" | "CALL.TARGET_UNKNOWN" | "CALL.TARGET_BUSY" | "CALL.CONSULTING" | "CALL.NO_CONSULTATION" | "CALL.DIALLING_OFF" | "CALL.NUMBER_NOT_ALLOWED" | "CALL.UNKNOWN_DISPOSITION" | "CALL.TOO_MANY" | "CALL.NO_PROXY" | "SUPERVISION.OWN_CALL" | "CALL.MEDIA_SERVER_AWAY" | "RECORDING.NOT_FOUND" | "RECORDING.SWITCHED_OFF" | "RECORDING.ALWAYS_ON" | "RECORDING.RUNNING" | "RECORDING.WRONG_STATE" | "RECORDING.NOT_STORED" | "RECORDING.TOO_LARGE" | "RECORDING.RANGE_NOT_SATISFIABLE" | "RECORDING.NO_ROOM" | "RECORDING.FILE_AWAY" | "RECORDING.NOT_CONFIRMED" | "QUEUE.NOT_FOUND" | "QUEUE.NAME_TAKEN" | "QUEUE.IN_USE" | "NUMBER.NOT_FOUND" | "NUMBER.TAKEN" | "ROUTE.UNKNOWN_NUMBER" | "ROUTE.NOBODY_THERE" | "SETTINGS.CHANGED" | "EVENTS.INVALID_TICKET" | "EVENTS.TOO_MANY_STREAMS" | "CONSOLE.NOT_BUILT" | "SERVICE.DATABASE_UNAVAILABLE" | "SERVICE.NOT_READY" | "SERVICE.STOPPING" | "SERVICE.INTERNAL";
            instance: string;
            errors?: {
                /** @description RFC 6901 pointer into the body. */
                pointer?: string;
                /** @description Name of a query parameter, path parameter or header. */
                parameter?: string;
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: {
                /** @description softphone when left out. */
                app?: "softphone" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The user name or the password is wrong, or the account is disabled. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Five failures in a quarter of an hour; `Retry-After` says when. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: {
                /** @description softphone when left out. */
                app?: "softphone" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No session, or it has ended. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: {
                /** @description softphone when left out. */
                app?: "softphone" | "admin";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOutView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state forbids it, or the first request with this key is still being answered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There never was such a key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEventTicket: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state forbids it, or the first request with this key is still being answered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query: {
                /** @description From POST /events/tickets. */
                ticket: string;
                /** @description The last `id` seen; the larger of this and the header `Last-Event-ID` wins. */
                lastEventId?: string;
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The ticket is not good. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many streams of this account. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settingsRead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description Which state of the settings this is; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settingsReplace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the settings that were read: refused when they were changed meanwhile. Without it the last writer wins. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSettingsBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Which state of the settings this is; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description They were changed since they had this ETag. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAgentBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description The user name is taken.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such agent, or a colleague. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There never was such an agent. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody would be left to administer. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAgentBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The user name is taken, or nobody would be left to administer. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAgentState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetStateBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such agent, or a colleague. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The agent is disabled, or on a call. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalls: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                state?: "queued" | "dialing" | "ringing" | "answered" | "held" | "ended";
                /** @description Calls that ended so. */
                endReason?: "caller-hung-up" | "agent-hung-up" | "busy" | "no-answer" | "cancelled" | "rejected" | "congestion" | "media-server-failed" | "abandoned" | "transferred" | "limit";
                /** @description true: calls that are not over. */
                live?: boolean;
                agentId?: string;
                /** @description The end of either number, three digits or more. */
                number?: string;
                /** @description Begun at this moment or later. */
                from?: string;
                /** @description Begun before this moment. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeCall: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceCallBody"];
            };
        };
        responses: {
            /** @description The client leg is ordered; the live stream tells how it goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description The agent has no seat or is on a call, or calls to the outside are switched off.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More calls than the settings allow in a minute. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.NO_PROXY, or CALL.MEDIA_SERVER_AWAY: the call has ended. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCallEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallLadderView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hangUpCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not answered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not on hold. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendDtmf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DtmfBody"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not answered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disposeCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DispositionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "alive";
                    };
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ready" | "degraded";
                        dependencies: {
                            [key: string]: {
                                /** @enum {string} */
                                status?: "up" | "degraded" | "down";
                                detail?: string;
                            };
                        };
                    };
                };
            };
            /** @description The manager is being stopped. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrolMediaServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrolBody"];
            };
        };
        responses: {
            /** @description Known by its server token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledView"];
                };
            };
            /** @description New in the pool. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description A media server of this name is in the pool, and the token is not its own.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description The host is outside the block the token admits.
             *
             *     The idempotency key was used with another request.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnrolmentTokens: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTokenPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEnrolmentToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEnrolmentTokenBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedEnrolmentTokenView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The state forbids it, or the first request with this key is still being answered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeEnrolmentToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMediaServers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaServerPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createMediaServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMediaServerBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedMediaServerView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description The name is taken.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMediaServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaServerView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMediaServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There never was such a media server. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Agents still sit on it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMediaServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMediaServerBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaServerView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drainMediaServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrainBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaServerView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is disabled. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeMediaServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaServerView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listQueues: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description There is one of that name already.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There never was such a queue. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeQueueBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNumbers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createNumber: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description There is one of that name already.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There never was such a number. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeNumberBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    realtimeAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                table: string;
                operation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Form-encoded rows, one a line; empty when there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordingOrderBody"];
            };
        };
        responses: {
            /** @description Begun: the live stream tells when it records. Paused, resumed, stopped: the media server has confirmed it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The settings, or the state of the call or of the recording, forbid it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.MEDIA_SERVER_AWAY, or RECORDING.NOT_CONFIRMED. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hearRecording: {
        parameters: {
            query?: never;
            header?: {
                /** @description One range of bytes (RFC 9110). */
                Range?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": string;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": string;
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not stored (yet). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The recording has no such part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RECORDING.FILE_AWAY */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecordingAccesses: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingAccessPage"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadRecording: {
        parameters: {
            query?: {
                /** @description Which one, where a call has several. */
                recording?: string;
            };
            header?: never;
            path: {
                callId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken: the media server need not keep it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No call of this media server. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Larger than 1 GiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description RECORDING.NO_ROOM: to be offered again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    routeCall: {
        parameters: {
            query: {
                to: string;
                /** @description Whatever the From of the INVITE holds: nobody is turned away for a strange one, what is no number is not shown. */
                from: string;
                callId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RouteView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody has this number. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody can take it now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveUpRoute: {
        parameters: {
            query: {
                callId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProxyMediaServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProxyMediaServersView"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsList: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                state?: "reserved" | "connected" | "lost" | "released" | "expired";
                agentId?: string;
                mediaServerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementPageView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsPlace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body within 24 h get the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceRequest"];
            };
        };
        responses: {
            /** @description The live seat of the agent, with a fresh secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementView"];
                };
            };
            /** @description A new seat. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such agent, or somebody else. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description The agent is disabled.
             *
             *     The state forbids it, or the first request with this key is still being answered.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key was used with another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description SELECTION.NO_ELIGIBLE_SERVER or SELECTION.POOL_FULL; Retry-After says when to ask again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsSimulate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsDecision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsHeartbeat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The placement has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placementsFail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureReport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The placement has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCapacityAdvice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CapacityAdviceView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMediaServerStatistics: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                stepSeconds?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    superviseCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuperviseBody"];
            };
        };
        responses: {
            /** @description The supervision goes on, in this mode. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupervisionView"];
                };
            };
            /** @description Join with this leg. A supervision of yours of another call has ended. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupervisionView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call has ended, no agent has it, or it is your own. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.MEDIA_SERVER_AWAY: the mode was not changed. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopSupervision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No token, or one that is not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not for this role or scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transferCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferBody"];
            };
        };
        responses: {
            /** @description Ordered; the live stream tells how it goes on. A call to a number has ended here and goes on as one of its own. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The call is not answered, CALL.TARGET_BUSY with the reason, or CALL.CONSULTING. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.TARGET_UNKNOWN or CALL.NUMBER_NOT_ALLOWED. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More calls than the settings allow in a minute. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.NO_PROXY or CALL.MEDIA_SERVER_AWAY. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.NO_CONSULTATION: nobody is being talked with. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    joinTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            /** @description The request is not well formed; `errors` says where. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CALL.NO_CONSULTATION: nobody is being talked with. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryView"];
                };
            };
            /**
             * @description No token, or one that is not valid.
             *
             *     No token, or one that is not valid.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description Not for this role or scope.
             *
             *     Not for this role or scope.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Any other refusal. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
