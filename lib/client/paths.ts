// Generated from the route table by `npm run client`; a test holds it up to date.

export interface paths {
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 本接口的 OpenAPI 3.1 描述 / This API as OpenAPI 3.1 */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 运行状态 / Whether the tracker runs */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It runs */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description review-missing: no review for 26 hours on a working day, so colours may be those of yesterday
                             * @enum {string}
                             */
                            status: "ok" | "review-missing";
                            today: string;
                            demonstrationClock: boolean;
                            /** @description When the last review ended, in UTC */
                            reviewedAt: string | null;
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 项目列表 / List projects */
        get: {
            parameters: {
                query?: {
                    light?: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                    programme?: string;
                    town?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page; cursor leads to the next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            projects: ({
                                id: string;
                                name: string;
                                /** @enum {string} */
                                light: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                                rules: ("G" | "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1")[];
                                projectedFinish: string | null;
                                requiredBy: string | null;
                                marginWorkingDays: number | null;
                            } & {
                                [key: string]: unknown;
                            })[];
                            cursor?: string;
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 项目计划、状态与评估 / Plan, state and assessment of a project */
        get: {
            parameters: {
                query?: {
                    dataDate?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As of the data date, today without one */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: {
                                id: string;
                            } & {
                                [key: string]: unknown;
                            };
                            version: number;
                            state: {
                                /** @enum {string} */
                                status: "active" | "paused";
                            } & {
                                [key: string]: unknown;
                            };
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        /** 登记项目,或更改其未锁定的计划 / Register a project, or change the unlocked part of its plan */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        nameEn?: string;
                        programme?: string;
                        town?: string;
                        category?: string;
                        responsibleUnit?: string;
                        scope?: string;
                        manager?: {
                            name: string;
                            contact?: string;
                        };
                        /**
                         * Format: date
                         * @example 2021-06-21
                         */
                        requiredBy?: string;
                        /** @example 2021-06-21 */
                        start: string;
                        source?: {
                            document: string;
                            item: string;
                            owed?: string;
                        };
                        demonstration?: boolean;
                        calendars?: {
                            [key: string]: {
                                base?: string;
                                week?: number[];
                                shifts?: [
                                    string,
                                    string
                                ][];
                                exceptions?: {
                                    /**
                                     * Format: date
                                     * @example 2021-06-21
                                     */
                                    from: string;
                                    /**
                                     * Format: date
                                     * @example 2021-06-21
                                     */
                                    to: string;
                                    working: boolean;
                                    name?: string;
                                    shifts?: [
                                        string,
                                        string
                                    ][];
                                }[];
                            };
                        };
                        schedulingRules?: {
                            /** @constant */
                            program: "p6";
                            /** @enum {string} */
                            progress?: "retained-logic" | "progress-override";
                            /** @enum {string} */
                            totalFloat?: "finish" | "start" | "smallest";
                        } | {
                            /** @constant */
                            program: "ms-project";
                        };
                        milestones: {
                            id: string;
                            name: string;
                            nameEn?: string;
                            phase?: string;
                            duration?: number;
                            /** @enum {string} */
                            marks?: "start" | "finish";
                            calendar?: string;
                            weight?: number;
                            predecessors?: {
                                milestoneId: string;
                                /**
                                 * @default FS
                                 * @enum {string}
                                 */
                                type?: "FS" | "SS" | "FF" | "SF";
                                /** @default 0 */
                                lag?: number;
                                lagCalendar?: string;
                            }[];
                            constraint?: {
                                /** @enum {string} */
                                type: "SNET" | "SNLT" | "FNET" | "FNLT" | "SO" | "FO" | "MSO" | "MFO" | "MANUAL";
                                /** @example 2021-06-21 */
                                date: string;
                            } | {
                                /** @enum {string} */
                                type: "ALAP" | "ASAP";
                            };
                            secondaryConstraint?: {
                                /** @enum {string} */
                                type: "SNET" | "SNLT" | "FNET" | "FNLT" | "SO" | "FO" | "MSO" | "MFO" | "MANUAL";
                                /** @example 2021-06-21 */
                                date: string;
                            } | {
                                /** @enum {string} */
                                type: "ALAP" | "ASAP";
                            };
                            /** @example 2021-06-21 */
                            deadline?: string;
                            /** @example 2021-06-21 */
                            expectedFinish?: string;
                            typicalDuration?: number;
                            baseline?: {
                                /** @example 2021-06-21 */
                                start: string;
                                /** @example 2021-06-21 */
                                finish: string;
                            };
                        }[];
                        count?: {
                            unit: string;
                            total: number;
                            plan: {
                                /**
                                 * Format: date
                                 * @example 2021-06-21
                                 */
                                date: string;
                                value: number;
                            }[];
                        };
                        delay?: {
                            /** @enum {string} */
                            code: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                            note?: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Changed, or left as it was */
                200: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description Registered */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 变更历史,最新在前 / History of a project, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page; cursor leads to the next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            commits: {
                                version: number;
                                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                                date: string;
                                at: string;
                                by: {
                                    id?: string;
                                    /** @enum {string} */
                                    role: "admin" | "reporter" | "leader" | "viewer" | "system";
                                };
                                events: ({
                                    type: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                previousHash: string;
                                hash: string;
                            }[];
                            cursor?: string;
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 全部在案标志 / Open flags over all projects */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Gravest first */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            flags: {
                                /** @enum {string} */
                                rule: "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1";
                                /** @enum {string} */
                                severity: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline";
                                milestoneId?: string;
                                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                                since: string;
                                facts: {
                                    [key: string]: string | number;
                                };
                                text: {
                                    zh: string;
                                    en: string;
                                };
                                project: string;
                                name: string;
                                /** @enum {string} */
                                status: "pending" | "firing" | "acknowledged";
                                /** @enum {string} */
                                suppressedBy?: "pause" | "silence" | "resume" | "upstream" | "red" | "stale";
                            }[];
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 某日以来的全部变更 / What changed since a date, over all projects */
        get: {
            parameters: {
                query: {
                    since: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description From that date on, inclusive */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                            since: string;
                            changes: {
                                project: string;
                                name: string;
                                commits: {
                                    version: number;
                                    /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                                    date: string;
                                    at: string;
                                    by: {
                                        id?: string;
                                        /** @enum {string} */
                                        role: "admin" | "reporter" | "leader" | "viewer" | "system";
                                    };
                                    events: ({
                                        type: string;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                    previousHash: string;
                                    hash: string;
                                }[];
                            }[];
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 持令牌人待填报的项目与节点 / What the bearer may report on, and how it stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Open milestones of the bearer’s projects, what matters now first; of an admin, 50 projects; of others none */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            bearer: {
                                id: string;
                                /** @enum {string} */
                                role: "admin" | "reporter" | "leader" | "viewer";
                                name: string;
                            };
                            today: string;
                            demonstrationClock: boolean;
                            projects: {
                                id: string;
                                name: string;
                                nameEn?: string;
                                version: number;
                                /** @enum {string} */
                                light: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                                lastReportOn: string | null;
                                count?: {
                                    unit: string;
                                    total: number;
                                    done: number;
                                };
                                milestones: {
                                    id: string;
                                    name: string;
                                    nameEn?: string;
                                    /** @enum {string} */
                                    light: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                                    percentComplete: number;
                                    actualStart: string | null;
                                    baselineFinish: string | null;
                                    projectedFinish: string | null;
                                    /** @description A later finish than this needs a reason */
                                    promisedFinish: string | null;
                                    reportedOn: string | null;
                                    /** @enum {string} */
                                    unit: "day" | "hour";
                                }[];
                            }[];
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通知的送达情况,最近变动在前 / Deliveries of notices, the last change first */
        get: {
            parameters: {
                query?: {
                    status?: "queued" | "sent" | "failed" | "unknown";
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page; cursor leads to the next */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deliveries: {
                                key: string;
                                channel: string;
                                address?: string;
                                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                                date: string;
                                recipient: string;
                                subject: string;
                                text: string;
                                /** @enum {string} */
                                status: "queued" | "sent" | "failed" | "unknown";
                                at: string;
                                partsSent: number;
                                attempts: number;
                                history: {
                                    number: number;
                                    part: number;
                                    at: string;
                                    endedAt?: string;
                                    /** @enum {string} */
                                    outcome?: "sent" | "retry" | "refused" | "unknown";
                                    httpStatus?: number;
                                    code?: string;
                                    reason?: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                                dueAt?: string;
                            }[];
                            cursor?: string;
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 导出:ledger(Excel 台账)、ledger-csv(节点台账 CSV)、mspdi(MS Project)、oc4ids(JSON)、ics(日历) / Export: ledger (Excel), ledger-csv (its milestones), mspdi (MS Project), oc4ids (JSON), ics (calendar) */
        get: {
            parameters: {
                query?: {
                    light?: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                    programme?: string;
                    town?: string;
                    project?: string;
                };
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file, as of now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": unknown;
                        "application/xml": unknown;
                        "application/json": unknown;
                        "text/calendar": unknown;
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 填报进展 / Report progress */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @constant */
                        noChange: true;
                        note?: string;
                    } | {
                        /** @constant */
                        noChange?: false;
                        reports?: {
                            milestoneId: string;
                            percentComplete?: number;
                            /** @example 2021-06-21 */
                            actualStart?: string;
                            /** @example 2021-06-21 */
                            actualFinish?: string;
                            /** @example 2021-06-21 */
                            forecastFinish?: string;
                            remainingDuration?: number;
                            delay?: {
                                /** @enum {string} */
                                code: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                                note?: string;
                            };
                            note?: string;
                            photos?: (string)[];
                        }[];
                        count?: {
                            done: number;
                        };
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description Recorded */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 更正误报 / Put a wrong report right */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        corrects: number;
                        reason: string;
                        reports?: {
                            milestoneId: string;
                            percentComplete?: number;
                            actualStart?: string | null;
                            actualFinish?: string | null;
                            forecastFinish?: string | null;
                            remainingDuration?: number | null;
                            delay?: {
                                /** @enum {string} */
                                code: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                                note?: string;
                            };
                        }[];
                        count?: {
                            done: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Recorded; the report itself stays in the history */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/baselines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 批准基线 / Approve a baseline */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        delay?: {
                            /** @enum {string} */
                            code: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                            note?: string;
                        };
                        milestones?: {
                            id: string;
                            /** @example 2021-06-21 */
                            start: string;
                            /** @example 2021-06-21 */
                            finish: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Approved; the first baseline stays the original */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 批准暂停 / Pause with approval */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * Format: date
                         * @example 2021-06-21
                         */
                        reviewOn: string;
                    };
                };
            };
            responses: {
                /** @description Paused */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 恢复 / Resume */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Resumed */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/milestones/{milestoneId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 取消里程碑 / Cancel a milestone */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                    milestoneId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Cancelled */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 申请上传照片,得到上传地址;填报时以其 SHA-256 引用 / Ask where to upload a photograph; a report then names it by its SHA-256 */
        post: {
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
                    "application/json": {
                        sha256: string;
                        bytes: number;
                        /** @enum {string} */
                        contentType: "image/jpeg" | "image/png" | "image/webp";
                        takenAt?: string;
                        thumbnail?: {
                            sha256: string;
                            bytes: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Where and how to upload, as often as it takes; what no report names is deleted after 14 days */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sha256: string;
                            upload: components["schemas"]["Upload"];
                            thumbnail?: components["schemas"]["Upload"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/judgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 人工判定颜色:更差即时生效;更好须经批准,一期有效,填报人不可 / Judge the colour: worse at once; better with an approver, for one period, and not by a reporter */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        light: "green" | "yellow" | "red";
                        reason: string;
                        /** @enum {string} */
                        approvedBy?: "deputy-director" | "director";
                    };
                };
            };
            responses: {
                /** @description Judged; the rules and their numbers stay as they are */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/judgement/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 撤回人工判定 / Take a judgement back */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The rules alone give the colour */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 导入填好的台账(Excel、CSV)或计划文件(Primavera XER、MS Project XML、本系统 JSON);不带 apply 只试算 / Bring in an edited ledger (Excel, CSV) or a plan file (Primavera XER, MS Project XML, project JSON); without apply it only says what would change */
        post: {
            parameters: {
                query?: {
                    project?: string;
                    kind?: "primavera-xer" | "ms-project-xml" | "project-json" | "excel-ledger" | "csv-ledger";
                    apply?: "" | "true" | "false";
                    milestones?: string;
                    rebaseline?: "" | "true" | "false";
                    delay?: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                    note?: string;
                    projectInFile?: string;
                    encoding?: string;
                    fileName?: string;
                };
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Blob;
                    "text/csv": Blob;
                    "application/json": Blob;
                    "application/xml": Blob;
                    "text/xml": Blob;
                    "text/plain": Blob;
                    "application/xer": Blob;
                    "application/x-xer": Blob;
                    "application/octet-stream": Blob;
                };
            };
            responses: {
                /** @description What it would change; with apply and nothing to change, the same */
                200: {
                    headers: {
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            /** @enum {string} */
                            format: "primavera-xer" | "ms-project-xml" | "project-json";
                            /** @enum {string} */
                            action: "register" | "change" | "none";
                            dataDate: string | null;
                            milestones: {
                                total: number;
                                added: string[];
                                vanished: string[];
                            };
                            moves: {
                                id: string;
                                approved: {
                                    start: string;
                                    finish: string;
                                };
                                inFile: {
                                    start: string;
                                    finish: string;
                                };
                                later: boolean;
                                sent: boolean;
                            }[];
                            projected: {
                                id: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            reports: ({
                                milestoneId: string;
                                percentComplete?: number;
                                actualStart?: string;
                                actualFinish?: string;
                                remainingDuration?: number;
                                delay?: {
                                    code: string;
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            })[];
                            lost: {
                                path: string;
                                id?: string;
                                what: string;
                                why: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            conflicts: {
                                milestoneId?: string;
                                code: string;
                                message: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            applied: boolean;
                            version: number;
                        } | {
                            /** @enum {string} */
                            format: "excel-ledger" | "csv-ledger";
                            /** @description Asked to write; what was written stands at each project */
                            applied: boolean;
                            projects: {
                                project: string;
                                /** @enum {string} */
                                outcome: "unchanged" | "changed" | "written" | "refused" | "busy";
                                version: number;
                                changes: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    from: string | number | null;
                                    to: string | number | null;
                                }[];
                                conflicts: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    before: string | number | null;
                                    inSheet: string | number | null;
                                    now: string | number | null;
                                    changedBy?: {
                                        id: string;
                                        role: string;
                                        at: string;
                                        version: number;
                                    };
                                    message: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                                errors: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    code: string;
                                    message: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                            }[];
                            /** @description Rows that belong to no project */
                            strays: {
                                sheet: string;
                                /**
                                 * @description Address in the sheet; the row alone where the copy lacks the column
                                 * @example H12
                                 */
                                cell: string;
                                row: number;
                                column: string;
                                head: {
                                    zh: string;
                                    en: string;
                                };
                                milestoneId?: string;
                                code: string;
                                message: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                        };
                    };
                };
                /** @description Written */
                201: {
                    headers: {
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            /** @enum {string} */
                            format: "primavera-xer" | "ms-project-xml" | "project-json";
                            /** @enum {string} */
                            action: "register" | "change" | "none";
                            dataDate: string | null;
                            milestones: {
                                total: number;
                                added: string[];
                                vanished: string[];
                            };
                            moves: {
                                id: string;
                                approved: {
                                    start: string;
                                    finish: string;
                                };
                                inFile: {
                                    start: string;
                                    finish: string;
                                };
                                later: boolean;
                                sent: boolean;
                            }[];
                            projected: {
                                id: string;
                                before: string | null;
                                after: string | null;
                            }[];
                            reports: ({
                                milestoneId: string;
                                percentComplete?: number;
                                actualStart?: string;
                                actualFinish?: string;
                                remainingDuration?: number;
                                delay?: {
                                    code: string;
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            })[];
                            lost: {
                                path: string;
                                id?: string;
                                what: string;
                                why: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            conflicts: {
                                milestoneId?: string;
                                code: string;
                                message: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                            applied: boolean;
                            version: number;
                        } | {
                            /** @enum {string} */
                            format: "excel-ledger" | "csv-ledger";
                            /** @description Asked to write; what was written stands at each project */
                            applied: boolean;
                            projects: {
                                project: string;
                                /** @enum {string} */
                                outcome: "unchanged" | "changed" | "written" | "refused" | "busy";
                                version: number;
                                changes: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    from: string | number | null;
                                    to: string | number | null;
                                }[];
                                conflicts: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    before: string | number | null;
                                    inSheet: string | number | null;
                                    now: string | number | null;
                                    changedBy?: {
                                        id: string;
                                        role: string;
                                        at: string;
                                        version: number;
                                    };
                                    message: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                                errors: {
                                    sheet: string;
                                    /**
                                     * @description Address in the sheet; the row alone where the copy lacks the column
                                     * @example H12
                                     */
                                    cell: string;
                                    row: number;
                                    column: string;
                                    head: {
                                        zh: string;
                                        en: string;
                                    };
                                    milestoneId?: string;
                                    code: string;
                                    message: {
                                        zh: string;
                                        en: string;
                                    };
                                }[];
                            }[];
                            /** @description Rows that belong to no project */
                            strays: {
                                sheet: string;
                                /**
                                 * @description Address in the sheet; the row alone where the copy lacks the column
                                 * @example H12
                                 */
                                cell: string;
                                row: number;
                                column: string;
                                head: {
                                    zh: string;
                                    en: string;
                                };
                                milestoneId?: string;
                                code: string;
                                message: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 发放令牌(只显示一次),或登记 IAM 用户或角色 / Issue a token, shown once, or let a principal of IAM in */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        role: "admin" | "reporter" | "leader" | "viewer";
                        name: string;
                        /** @default [] */
                        projects?: string[];
                        /**
                         * Format: date
                         * @example 2021-06-21
                         */
                        expiresOn?: string;
                        principal?: string;
                    };
                };
            };
            responses: {
                /** @description Issued */
                201: {
                    headers: {
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            token?: string;
                            principal?: string;
                            role: string;
                            name: string;
                            projects: string[];
                            /** @description The last day on which it holds */
                            expiresOn?: string;
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** 撤销令牌 / Revoke a token */
        delete: {
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
                /** @description Revoked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 督办单 / Cases */
        get: {
            parameters: {
                query?: {
                    status?: "open" | "acknowledged" | "closed";
                    project?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description In the order of their numbers */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cases: components["schemas"]["Case"][];
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 一件督办单 / One case */
        get: {
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
                /** @description As it stands today */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Case"];
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 答复督办:承诺完成日期与措施 / Answer a case: committed finish and measure */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @example 2021-06-21
                         */
                        committedFinish: string;
                        measure: string;
                    };
                };
            };
            responses: {
                /** @description It holds until it runs out */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                            case: components["schemas"]["Case"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 销号(须有佐证) / Close a case, with evidence */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        evidence: string;
                    };
                };
            };
            responses: {
                /** @description Closed */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                            case: components["schemas"]["Case"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{id}/ruling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 裁定延误原因是否正当 / Rule whether the reason of delay excuses it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        excusable: boolean;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Ruled */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                            case: components["schemas"]["Case"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{id}/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 静默提醒(至多 30 天) / Silence flags, for 30 days at most */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 重试时原样重发,得到第一次的回答 / repeat it on a retry to get the first answer */
                    "Idempotency-Key"?: string;
                    /** @description 仅当项目仍为此版本时写入 / write only while the project is at this version */
                    "If-Match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        rule?: "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1";
                        milestoneId?: string;
                        /**
                         * Format: date
                         * @example 2021-06-21
                         */
                        until: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Silenced; colours stay as they are */
                201: {
                    headers: {
                        /** @description 版本 / version, in quotes */
                        ETag: string;
                        "Idempotent-Replayed"?: "true";
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            project: string;
                            version: number;
                            events: ({
                                type: string;
                            } & {
                                [key: string]: unknown;
                            })[];
                            assessment: components["schemas"]["Assessment"];
                        };
                    };
                };
                /** @description A problem */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通讯录 / The directory */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By id */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            people: components["schemas"]["Person"][];
                        };
                    };
                };
                /** @description A problem */
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
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 通讯录中的一人 / One person of the directory */
        get: {
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
                /** @description As entered */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                /** @description A problem */
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
        /** 登记或更改一人 / Enter a person, or change an entry */
        put: {
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
                    "application/json": {
                        name: string;
                        /** @enum {string} */
                        position: "manager" | "section-head" | "deputy-director" | "director";
                        unit?: string;
                        projects?: string[];
                        towns?: string[];
                        reach?: {
                            channel: string;
                            address?: string;
                        }[];
                        quietHours?: {
                            /** @example 22:00 */
                            from: string;
                            /** @example 22:00 */
                            to: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Entered */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                /** @description A problem */
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
        post?: never;
        /** 从通讯录中去掉一人 / Remove a person from the directory */
        delete: {
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
                /** @description Removed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem */
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
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            errors: {
                pointer: string;
                code: string;
                message: string;
            }[];
            requestId: string;
        };
        Assessment: {
            projectId: string;
            /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
            dataDate: string;
            /** @enum {string} */
            light: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
            /** @enum {string} */
            lastLight?: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
            rules: ("G" | "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1")[];
            baselineFinish: string | null;
            currentFinish: string | null;
            projectedFinish: string | null;
            requiredBy: string | null;
            marginWorkingDays: number | null;
            variance: {
                workingDays: number;
                calendarDays: number;
            } | null;
            percentComplete: number;
            plannedPercent: number | null;
            spi: number | null;
            spiT: number | null;
            earnedSchedule: string | null;
            forecast?: {
                /** @enum {string} */
                method: "simulated-network+earned-schedule" | "simulated-network" | "actual";
                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                p50: string;
                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                p80: string;
                onTimeProbability: number | null;
                sample: {
                    n: number;
                    source: string;
                    own: number;
                    kind: number;
                };
            } | null;
            floatPaths?: {
                totalFloat: {
                    number: number;
                    float: number;
                    milestones: string[];
                }[];
                freeFloat: {
                    number: number;
                    float: number;
                    milestones: string[];
                }[];
            };
            provisional: boolean;
            criticalPath: string[];
            milestones: {
                id: string;
                /** @enum {string} */
                light: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline" | "done";
                /** @enum {string} */
                status: "not-started" | "in-progress" | "done" | "cancelled";
                percentComplete: number;
                originalFinish: string | null;
                baselineStart: string | null;
                baselineFinish: string | null;
                earlyStart: string | null;
                earlyFinish: string | null;
                lateStart: string | null;
                lateFinish: string | null;
                totalFloat: number | null;
                freeFloat: number | null;
                critical: boolean;
                projectedFinish: string | null;
                variance: {
                    workingDays: number;
                    calendarDays: number;
                } | null;
                drivenBy: {
                    /** @enum {string} */
                    kind: "predecessor" | "constraint" | "dataDate" | "actual" | "report";
                    ref: string;
                } | null;
            }[];
            flags: {
                /** @enum {string} */
                rule: "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1";
                /** @enum {string} */
                severity: "green" | "blue" | "yellow" | "red" | "stale" | "paused" | "no-baseline";
                milestoneId?: string;
                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                since: string;
                facts: {
                    [key: string]: string | number;
                };
                text: {
                    zh: string;
                    en: string;
                };
            }[];
            guard: {
                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                requiredBy: string;
                /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                projectedFinish: string;
                endangered: boolean;
                latestStartOfWorks: string | null;
                borrowedPremises: {
                    /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                    decideBy: string;
                    workingDays: number;
                    passed: boolean;
                };
                phasedOpening: {
                    /** @description YYYY-MM-DD, or YYYY-MM-DDTHH:mm on a calendar of hours */
                    decideBy: string;
                    workingDays: number;
                    passed: boolean;
                };
            } | null;
            checks: {
                id: string;
                /** @enum {string} */
                kind: "law" | "schedule";
                law: string;
                ok: boolean;
                text: {
                    zh: string;
                    en: string;
                };
            }[];
        };
        Upload: {
            /** @constant */
            method: "PUT";
            /** @description From the root of the site */
            url: string;
            headers: {
                [key: string]: string;
            };
            expiresAt: string;
        };
        Case: {
            id: string;
            number: {
                year: number;
                serial: number;
                text: string;
            };
            project: string;
            projectName: string;
            /** @enum {string} */
            rule: "G1" | "B1" | "Y1" | "Y2" | "Y3" | "Y4" | "Y5" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "S1" | "P1" | "N1";
            milestoneId?: string;
            milestoneName?: string;
            /** @enum {string} */
            status: "open" | "acknowledged" | "closed";
            colour: ("blue" | "yellow" | "red") | null;
            /** @description YYYY-MM-DD */
            openedOn: string;
            deadline: string | null;
            /**
             * @description 0 项目负责人, 1 责任股室, 2 分管副局长, 3 局长
             * @enum {number}
             */
            level: 0 | 1 | 2 | 3;
            /** @description YYYY-MM-DD */
            levelOn: string;
            /** @description YYYY-MM-DD */
            waitingSince?: string;
            /**
             * @description 0 项目负责人, 1 责任股室, 2 分管副局长, 3 局长
             * @enum {number}
             */
            waitingLevel?: 0 | 1 | 2 | 3;
            acknowledgement?: {
                /** @description YYYY-MM-DD */
                on: string;
                /** @description YYYY-MM-DD */
                committedFinish: string;
                measure: string;
                /** @description 答复自此日失效 / the first day on which it no longer holds */
                expiresOn: string;
                author: string;
            };
            closing?: {
                /** @description YYYY-MM-DD */
                on: string;
                evidence: string;
                author: string;
            };
            /** @enum {string} */
            excuse: "excused" | "fault" | "undecided";
            /** @enum {string} */
            delayCode?: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
            ruling?: {
                /** @description YYYY-MM-DD */
                on: string;
                /** @enum {string} */
                code: "LAND" | "PERMIT" | "FUND" | "DESIGN" | "TENDER" | "CONTRACTOR" | "MATERIAL" | "WEATHER" | "ENV" | "UTIL" | "FORCE" | "SCOPE" | "RECTIFY" | "OTHER";
                excusable: boolean;
                reason: string;
                author: string;
            };
            flagUp: boolean;
            text: {
                zh: string;
                en: string;
            } | null;
        };
        Person: {
            id: string;
            name: string;
            /** @enum {string} */
            position: "manager" | "section-head" | "deputy-director" | "director";
            unit?: string;
            projects?: string[];
            towns?: string[];
            reach?: {
                channel: string;
                address?: string;
            }[];
            quietHours?: {
                from: string;
                to: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
